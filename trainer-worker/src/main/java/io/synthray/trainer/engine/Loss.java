package io.synthray.trainer.engine;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** What training makes small. */
interface Loss {
    /** A single number from logits and targets of one shape. */
    Tensor of(Tensor logits, Tensor targets);

    /**
     * Mean binary cross-entropy over every image and output whose target is known. A target that is NaN is not: it adds nothing to the sum nor to what
     * the sum is divided by (the masked loss of Irvin et al., "CheXpert", 2019, for uncertain labels).
     */
    static Loss crossEntropy() {
        return (logits, targets) -> {
            Tensor known = targets.isfinite();
            if (known.all().item_bool()) {
                return torch.binary_cross_entropy_with_logits(logits, targets);
            }
            Tensor weights = known.to(torch.ScalarType.Float);
            Tensor sum = torch.binary_cross_entropy_with_logits(
                    logits,
                    targets.nan_to_num(),
                    new TensorOptional(weights),
                    new TensorOptional(),
                    torch.Reduction.Sum.value);
            return sum.div(weights.sum().clamp_min(new Scalar(1f)));
        };
    }

    /**
     * Mean binary cross-entropy plus one minus the mean over structures of the soft Dice coefficient (2 sum(p y) + 1) / (sum(p) +
     * sum(y) + 1), its sums over the whole batch (Drozdzal et al., arXiv 1608.04117; the ones keep absent structures finite).
     */
    static Loss crossEntropyAndDice() {
        return (logits, targets) -> crossEntropy().of(logits, targets).add(diceLoss(logits.sigmoid(), targets));
    }

    private static Tensor diceLoss(Tensor probabilities, Tensor targets) {
        Scalar one = new Scalar(1f);
        Tensor common =
                perStructure(probabilities.mul(targets)).mul(new Scalar(2f)).add(one);
        Tensor total = perStructure(probabilities).add(perStructure(targets)).add(one);
        return common.div(total).mean().neg().add(one);
    }

    private static Tensor perStructure(Tensor values) {
        return values.sum(new long[] {0, 2, 3}, false, new ScalarTypeOptional());
    }
}
