package io.synthray.evaluator.study;

import io.synthray.event.Arm;
import io.synthray.event.ImageSetScope;
import io.synthray.event.Study;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.event.SyntheticPlan;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.TrialId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A study's plan, with what it asks for spelt out: image sets and trials, arms in the plan's order, repeats ascending. */
public final class PlannedStudy {
    private final Study study;
    private final Map<ImageSetId, ImageSetPlan> imageSets = new LinkedHashMap<>();
    private final Map<String, Arm> arms = new HashMap<>();
    private final List<TrialId> trials = new ArrayList<>();
    private final List<TrialId> trialsWithoutImages = new ArrayList<>();

    /** @param study a plan that holds together (see {@code PlanCheck}) */
    public PlannedStudy(Study study) {
        this.study = study;
        for (Arm arm : plan().getArms()) {
            List<TrialId> ofArm = IntStream.rangeClosed(1, plan().getRepeats())
                    .mapToObj(repeat -> new TrialId(name(), arm.getName(), repeat))
                    .toList();
            arms.put(arm.getName(), arm);
            trials.addAll(ofArm);
            if (arm.getSynthetic() == null) {
                trialsWithoutImages.addAll(ofArm);
            } else {
                addImageSets(arm.getName(), arm.getSynthetic(), ofArm);
            }
        }
        // The first repeats of all arms are there before the last of any.
        trialsWithoutImages.sort(Comparator.comparingInt(TrialId::repeat));
    }

    private void addImageSets(String arm, SyntheticPlan synthetic, List<TrialId> ofArm) {
        if (synthetic.getScope() == ImageSetScope.SHARED) {
            add(ImageSetId.shared(name(), arm), synthetic, ofArm);
        } else {
            ofArm.forEach(trial -> add(ImageSetId.ofRepeat(name(), arm, trial.repeat()), synthetic, List.of(trial)));
        }
    }

    private void add(ImageSetId id, SyntheticPlan synthetic, List<TrialId> users) {
        imageSets.put(id, new ImageSetPlan(id, synthetic.getImages(), synthetic.getTolerance(), users));
    }

    /** Name of the study. */
    public String name() {
        return study.getStudy();
    }

    /** The plan itself. */
    public StudyPlan plan() {
        return study.getPlan();
    }

    /** The record of the topic {@code studies}. */
    public Study study() {
        return study;
    }

    /** Whether all requests are written. */
    public boolean isSealed() {
        return study.getSeal() == StudySeal.SEALED;
    }

    /** Whether arms may be stopped before their last repeat. */
    public boolean stopsEarly() {
        return plan().getAnalysis().getEarlyStop() != null;
    }

    /** Every image set. */
    public Collection<ImageSetPlan> imageSets() {
        return imageSets.values();
    }

    /** The image set of this id, if it is planned. */
    public Optional<ImageSetPlan> imageSet(ImageSetId id) {
        return Optional.ofNullable(imageSets.get(id));
    }

    /** Every trial. */
    public List<TrialId> trials() {
        return trials;
    }

    /** Whether the trial is planned. */
    public boolean plans(TrialId trial) {
        return trial.repeat() <= plan().getRepeats()
                && arms.containsKey(trial.arm())
                && trial.study().equals(name());
    }

    /** The arm of a planned trial. */
    public Arm armOf(TrialId trial) {
        return arms.get(trial.arm());
    }

    /** Trials on real images only, repeat by repeat. */
    public List<TrialId> trialsWithoutImages() {
        return trialsWithoutImages;
    }
}
