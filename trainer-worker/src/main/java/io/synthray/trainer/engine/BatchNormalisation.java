package io.synthray.trainer.engine;

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

    private final TensorOptional scale;
    private final TensorOptional shift;
    private final TensorOptional runningMean;
    private final TensorOptional runningVariance;
    private int steps;

    BatchNormalisation(Weights weights, int channels) {
        scale = new TensorOptional(weights.constant(1, channels));
        shift = new TensorOptional(weights.constant(0, channels));
        runningMean = new TensorOptional(Tensor.create(new float[channels], channels));
        runningVariance = new TensorOptional(Tensor.create(new float[channels], channels));
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        if (training) {
            steps++;
        }
        double momentum = Math.max(MOMENTUM, 1.0 / Math.max(1, steps));
        return torch.batch_norm(input, scale, shift, runningMean, runningVariance, training, momentum, EPSILON, false);
    }
}
