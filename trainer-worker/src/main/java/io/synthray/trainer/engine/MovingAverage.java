package io.synthray.trainer.engine;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Exponential moving average of weights. Early on, when there is little to average, it forgets faster: at step t the decay is at most (1 + t) / (10 + t), as in
 * TensorFlow's {@code ExponentialMovingAverage}.
 */
final class MovingAverage {
    private final double decay;
    private final Tensor average;
    /** Steps so far; a tensor, so that it is kept with the others. */
    private final Tensor steps;

    MovingAverage(FlatWeights weights, double decay) {
        this.decay = decay;
        average = weights.values().clone();
        steps = torch.zeros(1);
    }

    void follow(FlatWeights weights) {
        double step = steps.data_ptr_float().get();
        steps.add_(new Scalar(1f));
        double now = Math.min(decay, (1 + step) / (10 + step));
        average.lerp_(weights.values(), new Scalar(1 - now));
    }

    Tensor average() {
        return average;
    }

    Tensor steps() {
        return steps;
    }
}
