package io.synthray.trainer.trial;

import io.synthray.event.Recipe;
import io.synthray.event.Strategy;
import io.synthray.event.SyntheticUse;
import io.synthray.event.Task;
import io.synthray.event.Training;
import io.synthray.event.TrialRequest;
import io.synthray.trainer.data.UnusableDataException;
import io.synthray.trainer.engine.Architecture;
import io.synthray.trainer.engine.NetworkShape;
import io.synthray.trainer.engine.Objective;
import io.synthray.trainer.engine.Optimisation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What to train and how, checked.
 *
 * @param training steps are those of the arm
 * @param augmentation of every training image; empty for none
 * @param objective without the weights of a balanced loss, which follow from the data
 */
record TrialPlan(
        NetworkShape shape,
        Training training,
        Optional<TrainingAugmentation> augmentation,
        Recipe recipe,
        Strategy strategy,
        Objective objective,
        Optimisation optimisation) {
    /**
     * The plan in a request.
     *
     * @throws UnusableDataException naming the field that is wrong
     * @throws io.synthray.trainer.engine.UnsupportedNetworkException when there is no such network
     */
    static TrialPlan of(TrialRequest trial) {
        Recipe recipe = Optional.ofNullable(trial.getRecipe())
                .orElseGet(() -> Recipe.newBuilder().build());
        Strategy strategy = Optional.ofNullable(trial.getStrategy())
                .orElseGet(() -> Strategy.newBuilder().build());
        Training training = Training.newBuilder(trial.getTraining())
                .setSteps(Optional.ofNullable(strategy.getSteps())
                        .orElse(trial.getTraining().getSteps()))
                .build();
        requirePositive("training steps", training.getSteps());
        requirePositive("batch size", training.getBatchSize());
        requirePositive("steps per epoch", training.getStepsPerEpoch());
        requireSelectable(recipe);
        if (strategy.getUse() != SyntheticUse.MIX && trial.getManifest() == null) {
            throw new UnusableDataException(
                    "strategy: expected synthetic images for '%s', found none".formatted(strategy.getUse()));
        }
        return new TrialPlan(
                shape(trial),
                training,
                augmentation(trial),
                recipe,
                strategy,
                objective(trial.getTask(), recipe),
                optimisation(recipe, training));
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new UnusableDataException("%s: expected 1 or more, found %d".formatted(what, value));
        }
    }

    private static void requireSelectable(Recipe recipe) {
        if (recipe.getValidation() == 0 && (recipe.getBestEpoch() || recipe.getChosenThresholds())) {
            throw new UnusableDataException(
                    "validation images: expected 1 or more to choose epoch or thresholds, found 0");
        }
    }

    private static Objective objective(Task task, Recipe recipe) {
        Objective.Kind usual = task == Task.SEGMENTATION
                ? Objective.Kind.BINARY_CROSS_ENTROPY_AND_DICE
                : Objective.Kind.BINARY_CROSS_ENTROPY;
        Objective.Kind kind = recipe.getLoss().isEmpty() ? usual : Objective.Kind.of(recipe.getLoss());
        return new Objective(kind, recipe.getFocus(), recipe.getTargetWeights());
    }

    private static Optimisation optimisation(Recipe recipe, Training training) {
        Optimisation.Kind kind = word(Optimisation.Kind.class, "optimiser", recipe.getOptimiser());
        double clipNorm = recipe.getClipNorm() == 0 ? Double.POSITIVE_INFINITY : recipe.getClipNorm();
        try {
            return new Optimisation(
                    kind,
                    recipe.getMomentum(),
                    training.getWeightDecay(),
                    clipNorm,
                    recipe.getAveraging(),
                    recipe.getMixedPrecision());
        } catch (IllegalArgumentException e) {
            throw new UnusableDataException("optimiser: " + e.getMessage(), e);
        }
    }

    private static <E extends Enum<E>> E word(Class<E> type, String what, String word) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        throw new UnusableDataException("%s: expected one of %s, found '%s'"
                .formatted(what, List.of(type.getEnumConstants()), word)
                .toLowerCase(Locale.ROOT));
    }

    /** The learning rate of each step; it begins anew where synthetic images give way to real ones. */
    StepRates rates() {
        int first = pretrainingSteps();
        LearningRateSchedule later = schedule(training.getSteps() - first);
        if (first == 0) {
            return later::at;
        }
        LearningRateSchedule earlier = schedule(first);
        return step -> step < first ? earlier.at(step) : later.at(step - first);
    }

    private LearningRateSchedule schedule(int steps) {
        return new LearningRateSchedule(
                word(LearningRateSchedule.Course.class, "schedule", recipe.getSchedule()),
                training.getLearningRate(),
                steps,
                recipe.getWarmUp(),
                recipe.getDrops(),
                recipe.getDropFactor());
    }

    /** The learning rate of a step. */
    interface StepRates {
        /** The rate, 0 or more. */
        double at(int step);
    }

    /** Steps that see synthetic images before real ones; 0 where they are not apart. */
    int pretrainingSteps() {
        if (strategy.getUse() != SyntheticUse.PRETRAIN) {
            return 0;
        }
        return Math.max(1, Math.min(training.getSteps() - 1, (int)
                Math.round(training.getSteps() * strategy.getPretraining())));
    }

    /** Which part of the examples is real. */
    RealPart realPart(int realSize, int syntheticSize) {
        int batchSize = training.getBatchSize();
        return switch (strategy.getUse()) {
            case MIX -> {
                boolean stated = strategy.getRealShare() != null && syntheticSize > 0;
                double share = stated ? strategy.getRealShare() : BatchOrder.usualShare(realSize, syntheticSize);
                yield RealPart.share(share, batchSize);
            }
            case ONLY -> RealPart.none();
            case PRETRAIN -> RealPart.after(pretrainingSteps(), batchSize);
        };
    }

    private static NetworkShape shape(TrialRequest trial) {
        Architecture architecture =
                Architecture.of(trial.getNetwork().getArchitecture(), trial.getTask() == Task.SEGMENTATION);
        return new NetworkShape(
                architecture,
                trial.getDataset().getImageSide(),
                trial.getTargets().size(),
                trial.getNetwork().getWidth(),
                trial.getNetwork().getDepth());
    }

    private static Optional<TrainingAugmentation> augmentation(TrialRequest trial) {
        return Optional.ofNullable(trial.getAugmentation())
                .map(planned -> TrainingAugmentation.of(planned, trial.getTargets()));
    }
}
