package io.synthray.trainer.engine;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The number that a training step makes smaller. A target that is NaN is not known: it adds nothing to a sum nor to what the
 * sum is divided by (the masked loss of Irvin et al., "CheXpert", 2019, for uncertain labels).
 */
final class Loss {
    private static final long CLASSES = 1;
    /** A batch of which nothing is known has a loss of 0. */
    private static final float LEAST_WEIGHT = 1e-6f;

    private final Objective objective;

    Loss(Objective objective) {
        this.objective = objective;
    }

    /**
     * A single number.
     *
     * @param logits batch x targets, or batch x structures x height x width
     * @param targets of the same shape
     * @param exampleWeights for each image what it weighs; empty where each weighs the same
     */
    Tensor of(Tensor logits, Tensor targets, float[] exampleWeights) {
        Tensor examples = exampleWeights.length == 0 ? null : examples(exampleWeights, logits);
        return switch (objective.kind()) {
            case BINARY_CROSS_ENTROPY -> binary(logits, targets, examples);
            case CROSS_ENTROPY -> exclusive(logits, targets, examples);
            case DICE -> dice(logits, targets, examples);
            case BINARY_CROSS_ENTROPY_AND_DICE ->
                binary(logits, targets, examples).add(dice(logits, targets, examples));
            case FOCAL -> focal(logits, targets, examples);
        };
    }

    /** One number an image, shaped so that it meets the logits. */
    private static Tensor examples(float[] weights, Tensor logits) {
        long[] shape = new long[logits.shape().length];
        Arrays.fill(shape, 1);
        shape[0] = weights.length;
        return Tensor.create(weights, shape).to(logits.device(), torch.ScalarType.Float);
    }

    private Tensor binary(Tensor logits, Tensor targets, Tensor examples) {
        if (examples == null && targetWeights(logits) == null && allKnown(targets)) {
            return torch.binary_cross_entropy_with_logits(logits, targets);
        }
        return mean(binaryOfEach(logits, targets.nan_to_num()), known(targets, examples));
    }

    private Tensor binaryOfEach(Tensor logits, Tensor targets) {
        Tensor positives = targetWeights(logits);
        return torch.binary_cross_entropy_with_logits(
                logits,
                targets,
                new TensorOptional(),
                positives == null ? new TensorOptional() : new TensorOptional(positives),
                torch.Reduction.None.value);
    }

    /** The binary cross-entropy of each decision times (1 - p) to the exponent, p the probability that the network gives the truth. */
    private Tensor focal(Tensor logits, Tensor targets, Tensor examples) {
        Tensor truth = targets.nan_to_num();
        Tensor probability = logits.sigmoid();
        Tensor wrong = probability.add(truth).sub(probability.mul(truth).mul(new Scalar(2f)));
        Tensor each = binaryOfEach(logits, truth)
                .mul(wrong.clamp_min(new Scalar(1e-12f)).pow(new Scalar(objective.focus())));
        return mean(each, known(targets, examples));
    }

    /** Minus the log-probability of the true class; an image of which a class is not known is passed over. */
    private Tensor exclusive(Tensor logits, Tensor targets, Tensor examples) {
        Tensor truth = targets.nan_to_num();
        Tensor classes = targetWeights(logits);
        Tensor weighted = classes == null ? truth : truth.mul(classes);
        Tensor known = targets.isfinite().all(CLASSES, true).to(torch.ScalarType.Float);
        Tensor weights = weighted.mul(examples == null ? known : known.mul(examples));
        return torch.log_softmax(logits, CLASSES)
                .mul(weights)
                .sum()
                .neg()
                .div(weights.sum().clamp_min(new Scalar(LEAST_WEIGHT)));
    }

    /**
     * One minus the mean over structures of the soft Dice coefficient (2 sum(p y) + 1) / (sum(p) + sum(y) + 1), its sums over the
     * whole batch (Drozdzal et al., arXiv 1608.04117; the ones keep absent structures finite).
     */
    private Tensor dice(Tensor logits, Tensor targets, Tensor examples) {
        Tensor probabilities = logits.sigmoid();
        Scalar one = new Scalar(1f);
        Tensor common = perStructure(probabilities.mul(targets), examples)
                .mul(new Scalar(2f))
                .add(one);
        Tensor total = perStructure(probabilities, examples)
                .add(perStructure(targets, examples))
                .add(one);
        Tensor coefficients = common.div(total);
        Tensor structures = targetWeights(coefficients);
        Tensor mean = structures == null
                ? coefficients.mean()
                : coefficients.mul(structures).sum().div(structures.sum());
        return mean.neg().add(one);
    }

    private static Tensor perStructure(Tensor values, Tensor examples) {
        Tensor weighted = examples == null ? values : values.mul(examples);
        return weighted.sum(new long[] {0, 2, 3}, false, new ScalarTypeOptional());
    }

    private static boolean allKnown(Tensor targets) {
        return targets.isfinite().all().item_bool();
    }

    private static Tensor known(Tensor targets, Tensor examples) {
        Tensor known = targets.isfinite().to(torch.ScalarType.Float);
        return examples == null ? known : known.mul(examples);
    }

    private static Tensor mean(Tensor values, Tensor weights) {
        return values.mul(weights).sum().div(weights.sum().clamp_min(new Scalar(LEAST_WEIGHT)));
    }

    /** One number a target, shaped so that it meets the logits; null where each weighs the same. */
    private Tensor targetWeights(Tensor logits) {
        if (objective.targetWeights().isEmpty()) {
            return null;
        }
        float[] weights = new float[objective.targetWeights().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = objective.targetWeights().get(i).floatValue();
        }
        Tensor each = logits.shape().length == 4
                ? Tensor.create(weights, weights.length, 1, 1)
                : Tensor.create(weights, weights.length);
        return each.to(logits.device(), torch.ScalarType.Float);
    }
}
