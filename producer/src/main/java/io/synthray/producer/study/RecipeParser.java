package io.synthray.producer.study;

import io.synthray.event.Recipe;
import io.synthray.event.Task;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what a study file says of loss, optimiser, schedule and selection, beside the numbers of steps and images. */
final class RecipeParser {
    private static final String FLOAT32 = "float32";
    private static final String MIXED = "mixed";
    private static final String HALF = "half";
    private static final String VALIDATION = "validation";

    private final Task task;
    private final List<String> targets;
    private final int realImages;
    private final Path directory;

    /** @param directory where a relative path starts */
    RecipeParser(Task task, List<String> targets, int realImages, Path directory) {
        this.task = task;
        this.targets = targets;
        this.realImages = realImages;
        this.directory = directory;
    }

    /** Takes its fields of the model; null where they say nothing but the defaults. */
    Recipe parse(Section fields) {
        Recipe usual = Recipe.newBuilder().build();
        Field validation = fields.optional("validation-images");
        int images = validation.integer(0, StudyParser.MOST, usual.getValidation());
        if (images >= realImages && images > 0) {
            validation.wrong("fewer than the study's real images");
        }
        boolean balanced = fields.optional("balanced").flag(usual.getBalanced());
        Optional<SharedFile> startWeights =
                SharedFile.parse(fields.optional("start-weights"), directory, "a file of weights (safetensors)");
        Recipe recipe = Recipe.newBuilder()
                .setLoss(loss(fields.optional("loss")))
                .setFocus(fields.optional("focus").number(0, 10, usual.getFocus()))
                .setBalanced(balanced)
                .setTargetWeights(targetWeights(fields.optional("target-weights"), balanced))
                .setOptimiser(fields.optional("optimiser").word(List.of("adamw", "sgd"), usual.getOptimiser()))
                .setMomentum(fields.optional("momentum").number(0, 0.999, usual.getMomentum()))
                .setSchedule(
                        fields.optional("schedule").word(List.of("cosine", "step", "constant"), usual.getSchedule()))
                .setWarmUp(fields.optional("warm-up").number(0, 1, usual.getWarmUp()))
                .setDrops(fields.optional("drops")
                        .list(0, 10, "a list of at most 10 numbers", drop -> drop.number(0, 1, 0)))
                .setDropFactor(fields.optional("drop-factor").numberBetween(0, 1, usual.getDropFactor()))
                .setClipNorm(fields.optional("gradient-norm").number(0, 1000, usual.getClipNorm()))
                .setAveraging(fields.optional("averaging").number(0, 0.99999, usual.getAveraging()))
                .setValidation(images)
                .setBestEpoch(selected(fields.optional("epoch"), "last", "best", images))
                .setChosenThresholds(selected(fields.optional("thresholds"), HALF, VALIDATION, images))
                .setMixedPrecision(fields.optional("precision")
                        .word(List.of(FLOAT32, MIXED), FLOAT32)
                        .equals(MIXED))
                .setStartWeights(startWeights.map(SharedFile::path).orElse(null))
                .setStartWeightsSha256(startWeights.map(SharedFile::sha256).orElse(null))
                .build();
        return recipe.equals(usual) ? null : recipe;
    }

    private List<Double> targetWeights(Field field, boolean balanced) {
        List<Double> weights =
                field.list(0, StudyParser.MOST_TARGETS, "a list of numbers", weight -> weight.number(0.001, 1000, 1));
        if (!weights.isEmpty() && balanced) {
            field.wrong("no weights where balanced finds them");
        } else if (!weights.isEmpty() && weights.size() != targets.size()) {
            field.wrong("one number for each of %d targets".formatted(targets.size()));
        }
        return weights;
    }

    /** Empty where it is the task's own. */
    private String loss(Field field) {
        List<String> losses = task == Task.SEGMENTATION
                ? List.of("bce+dice", "bce", "dice", "focal")
                : List.of("bce", "cross-entropy", "focal");
        String usual = losses.get(0);
        String loss = field.word(losses, usual);
        return loss.equals(usual) ? "" : loss;
    }

    /** Whether a choice is made on validation images, which there must be then. */
    private static boolean selected(Field field, String otherwise, String chosen, int images) {
        boolean is = field.word(List.of(otherwise, chosen), otherwise).equals(chosen);
        if (is && images == 0) {
            field.wrong("validation-images for this", chosen);
        }
        return is;
    }
}
