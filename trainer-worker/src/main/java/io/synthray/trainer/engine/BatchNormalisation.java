package io.synthray.trainer.engine;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation (Ioffe and Szegedy, arXiv 1502.03167). The statistics that are used after training are the plain mean over
 * the first ten steps and from then on move by a tenth a step, so that short trainings do not carry the values they began with.
 */
final class BatchNormalisation implements Layer {
    private static final double MOMENTUM = 0.1;
    private static final double EPSILON = 1e-5;
    /** From here on the momentum no longer changes, so that the count need not be exact. */
    private static final int COUNTED = 1_000_000;

    private final TensorOptional scale;
    private final TensorOptional shift;
    private final TensorOptional runningMean;
    private final TensorOptional runningVariance;
    /** Steps so far; a tensor, so that it is kept with the others. */
    private final Tensor steps;

    BatchNormalisation(Weights weights, int channels) {
        scale = new TensorOptional(weights.constant("weight", 1, channels));
        shift = new TensorOptional(weights.constant("bias", 0, channels));
        runningMean = new TensorOptional(weights.buffer("running_mean", channels));
        runningVariance = new TensorOptional(weights.buffer("running_var", channels));
        steps = weights.counter("num_batches_tracked");
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        double momentum = training ? Math.max(MOMENTUM, 1.0 / counted()) : MOMENTUM;
        return torch.batch_norm(input, scale, shift, runningMean, runningVariance, training, momentum, EPSILON, false);
    }

    private double counted() {
        try (NoGradGuard untracked = new NoGradGuard()) {
            float before = steps.data_ptr_float().get();
            if (before < COUNTED) {
                steps.fill_(new Scalar(before + 1));
            }
            return Math.max(1, before + 1);
        }
    }
}
