package io.synthray.producer.plan;

import io.synthray.event.Arm;
import io.synthray.event.ManifestRef;
import io.synthray.event.StudyPlan;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.random.RepeatSeeds;
import io.synthray.producer.study.InvalidStudyException;
import io.synthray.producer.study.StudyFile;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.trial.TrialRequests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One trial of a study file, requested as the evaluator would request it. */
public final class PlannedTrial {
    private PlannedTrial() {}

    /**
     * The request of a trial.
     *
     * @param arm name; may be left out where the study has one arm
     * @param repeat 1..n
     * @param synthetic folder ({@link FolderDataset}) whose train cases are the arm's synthetic images; its fingerprint becomes the manifest's digest
     * @throws InvalidStudyException when the file is faulty, or has no such trial; faults name line and column
     * @throws io.synthray.imaging.dataset.DatasetException when the folder cannot be read
     */
    public static TrialRequest of(StudyFile file, Optional<String> arm, int repeat, Optional<Path> synthetic) {
        PlannedStudy study = new Planner().plan(file);
        StudyPlan plan = study.plan();
        int number = number(file, plan.getArms(), arm);
        Arm chosen = plan.getArms().get(number);
        if (repeat < 1 || repeat > plan.getRepeats()) {
            throw wrong(file, "repeats", "a repeat from 1 to " + plan.getRepeats(), Integer.toString(repeat));
        }
        String path = "arms[" + number + "]";
        if (chosen.getSynthetic() != null && synthetic.isEmpty()) {
            throw wrong(file, path + ".synthetic", "a folder of synthetic images, --synthetic DIR", "none");
        }
        if (chosen.getSynthetic() == null && synthetic.isPresent()) {
            throw wrong(file, path, "an arm with synthetic images for those in " + synthetic.get(), "one without");
        }
        RepeatSeeds seeds = RepeatSeeds.of(plan.getSeed(), repeat);
        return TrialRequests.of(
                plan,
                study.hash(),
                new TrialId(plan.getStudy(), chosen.getName(), repeat),
                synthetic.map(PlannedTrial::manifest).orElse(null),
                seeds.initialisation(),
                seeds.order());
    }

    private static int number(StudyFile file, List<Arm> arms, Optional<String> name) {
        List<String> names = arms.stream().map(Arm::getName).toList();
        if (name.isEmpty() && names.size() == 1) {
            return 0;
        }
        int number = names.indexOf(name.orElse(""));
        if (number < 0) {
            throw wrong(file, "arms", "--arm with one of " + String.join(", ", names), name.orElse("none"));
        }
        return number;
    }

    private static ManifestRef manifest(Path folder) {
        FolderDataset images = FolderDataset.open(folder);
        return new ManifestRef(
                "shared", images.fingerprint(), images.cases(Split.TRAIN).size(), 1);
    }

    private static InvalidStudyException wrong(StudyFile file, String path, String expected, String found) {
        file.problems().add(path, expected, found);
        return new InvalidStudyException(file.problems().sorted());
    }
}
