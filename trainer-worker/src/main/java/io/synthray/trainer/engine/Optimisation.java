package io.synthray.trainer.engine;

/**
 * How weights follow from gradients.
 *
 * @param kind the rule
 * @param momentum of SGD, 0 to below 1; AdamW has its own
 * @param weightDecay 0 or more: decoupled for AdamW, part of the gradient for SGD
 * @param clipNorm gradients are shortened to this norm, above 0; infinite for never
 * @param averaging decay of the moving average of the weights that is tested in place of the last ones, 0 (no average) to below 1
 * @param mixedPrecision whether forward and backward pass run in bfloat16 where that is safe; on a GPU only
 */
public record Optimisation(
        Kind kind, double momentum, double weightDecay, double clipNorm, double averaging, boolean mixedPrecision) {
    /** Rules. */
    public enum Kind {
        /** Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101), betas 0.9 and 0.999. */
        ADAMW,
        /** Stochastic gradient descent with momentum, as PyTorch has it. */
        SGD
    }

    /** @throws IllegalArgumentException when a number is out of its range */
    public Optimisation {
        require("momentum", momentum >= 0 && momentum < 1, momentum);
        require("weight decay", weightDecay >= 0, weightDecay);
        require("norm of gradients", clipNorm > 0, clipNorm);
        require("decay of the average", averaging >= 0 && averaging < 1, averaging);
    }

    /** In 32-bit floats. */
    public Optimisation(Kind kind, double momentum, double weightDecay, double clipNorm, double averaging) {
        this(kind, momentum, weightDecay, clipNorm, averaging, false);
    }

    private static void require(String what, boolean holds, double found) {
        if (!holds) {
            throw new IllegalArgumentException("%s: out of range, found %s".formatted(what, found));
        }
    }

    /** AdamW on gradients of at most norm 1. */
    public static Optimisation adamW(double weightDecay) {
        return new Optimisation(Kind.ADAMW, 0, weightDecay, 1, 0);
    }
}
