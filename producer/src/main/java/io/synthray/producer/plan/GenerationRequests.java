package io.synthray.producer.plan;

import io.synthray.event.GenerationRequest;
import io.synthray.event.ImageSetScope;
import io.synthray.event.MaskTransform;
import io.synthray.event.Prompt;
import io.synthray.event.StudyPlan;
import io.synthray.event.SyntheticPlan;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.mask.Laterality;
import io.synthray.imaging.random.SeedDerivation;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The generation requests of a plan, made when they are asked for. Equal plans over equal datasets give equal requests,
 * byte for byte. Sets shared by all repeats come first, then those of repeat 1, 2, ..., so that the pairs of the first repeats
 * are complete while later ones are still being made.
 */
public final class GenerationRequests {
    private final StudyPlan plan;
    private final ConditioningMasks masks;
    private final List<List<DatasetCase>> subsets;
    private final List<PlannedImageSet> imageSets;

    /**
     * @param dataset the dataset of the plan
     * @param subsets the real cases of each repeat, in the order of repeats
     */
    GenerationRequests(StudyPlan plan, Dataset dataset, List<List<DatasetCase>> subsets) {
        this.plan = plan;
        this.masks = new ConditioningMasks(plan, dataset);
        this.subsets = subsets;
        this.imageSets = imageSets(plan, subsets);
    }

    /**
     * Ids of a repeat's real images, for whoever makes a generator that has seen no others.
     *
     * @param repeat 1 to the plan's repeats
     */
    public List<String> realImages(int repeat) {
        return subsets.get(repeat - 1).stream().map(DatasetCase::id).sorted().toList();
    }

    private static List<PlannedImageSet> imageSets(StudyPlan plan, List<List<DatasetCase>> subsets) {
        Set<DatasetCase> union = new LinkedHashSet<>();
        subsets.forEach(union::addAll);
        List<PlannedImageSet> shared = new ArrayList<>();
        List<PlannedImageSet> own = new ArrayList<>();
        for (int repeat = 1; repeat <= plan.getRepeats(); repeat++) {
            for (var arm : plan.getArms()) {
                SyntheticPlan synthetic = arm.getSynthetic();
                if (synthetic == null) {
                    continue;
                }
                if (synthetic.getScope() == ImageSetScope.PER_REPEAT) {
                    ImageSetId id = ImageSetId.ofRepeat(plan.getStudy(), arm.getName(), repeat);
                    own.add(new PlannedImageSet(id, synthetic, subsets.get(repeat - 1)));
                } else if (repeat == 1) {
                    ImageSetId id = ImageSetId.shared(plan.getStudy(), arm.getName());
                    shared.add(new PlannedImageSet(id, synthetic, List.copyOf(union)));
                }
            }
        }
        return Stream.concat(shared.stream(), own.stream()).toList();
    }

    /** The image sets in the order of publishing. */
    public List<PlannedImageSet> imageSets() {
        return imageSets;
    }

    /** Number of requests. */
    public long count() {
        return imageSets.stream().mapToLong(set -> set.synthetic().getImages()).sum();
    }

    /** All requests in the order of publishing; each is made when the stream reaches it. */
    public Stream<GenerationRequest> stream() {
        return imageSets.stream()
                .flatMap(set -> IntStream.range(0, set.synthetic().getImages()).mapToObj(index -> request(set, index)));
    }

    /**
     * One request.
     *
     * @param imageSet one of {@link #imageSets()}
     * @param index 0 to the set's number of images minus 1
     */
    public GenerationRequest request(PlannedImageSet imageSet, int index) {
        SyntheticPlan synthetic = imageSet.synthetic();
        ImageSetId id = imageSet.id();
        Prompt prompt =
                synthetic.getPrompts().get(index % synthetic.getPrompts().size());
        MaskTransform change = synthetic.getMasks();
        long maskSeed = seed("mask", id, index);
        // What is on the left of a mirrored mask was on the right: texts and labels that name a side follow.
        UnaryOperator<String> sides = change != null && Transforms.of(change).mirrors(maskSeed)
                ? Laterality::mirrored
                : UnaryOperator.identity();
        return GenerationRequest.newBuilder()
                .setRequest(new RequestId(id, index).key())
                .setStudy(id.study())
                .setArm(id.arm())
                .setImageSet(id.imageSet())
                .setIndex(index)
                .setModel(synthetic.getModel())
                .setModelVersion(id.modelVersion(synthetic.getModelVersion()))
                .setSeed(seed("request", id, index))
                .setPrompt(sides.apply(prompt.getText()))
                .setNegativePrompt(sides.apply(synthetic.getNegativePrompt()))
                .setTextGuidance(synthetic.getTextGuidance())
                .setMaskGuidance(synthetic.getMaskGuidance())
                .setMask(change == null ? null : masks.of(imageSet.conditioning(index), change, maskSeed))
                .setLabels(prompt.getLabels().stream().map(sides).toList())
                .build();
    }

    private long seed(String purpose, ImageSetId id, int index) {
        return SeedDerivation.derive(plan.getSeed(), purpose, id.arm(), id.imageSet(), Integer.toString(index));
    }
}
