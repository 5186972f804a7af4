package io.synthray.trainer.engine;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101), operation by operation as PyTorch has it. */
final class AdamW implements Optimiser {
    private static final double FIRST_BETA = 0.9;
    private static final double SECOND_BETA = 0.999;
    private static final double EPSILON = 1e-8;

    private final double weightDecay;
    private final Tensor mean;
    private final Tensor square;
    /** Steps so far; a tensor, so that it is kept with the others. */
    private final Tensor steps;

    AdamW(FlatWeights weights, double weightDecay) {
        this.weightDecay = weightDecay;
        mean = torch.zeros_like(weights.values());
        square = torch.zeros_like(weights.values());
        steps = torch.zeros(1);
    }

    @Override
    public void step(FlatWeights weights, double learningRate) {
        steps.add_(new Scalar(1f));
        double step = steps.data_ptr_float().get();
        double firstCorrection = 1 - Math.pow(FIRST_BETA, step);
        double secondCorrection = 1 - Math.pow(SECOND_BETA, step);
        Tensor gradients = weights.gradients();
        weights.values().mul_(new Scalar(1 - learningRate * weightDecay));
        mean.lerp_(gradients, new Scalar(1 - FIRST_BETA));
        square.mul_(new Scalar(SECOND_BETA)).addcmul_(gradients, gradients, new Scalar(1 - SECOND_BETA));
        Tensor divisor =
                square.sqrt().div_(new Scalar(Math.sqrt(secondCorrection))).add_(new Scalar(EPSILON));
        weights.values().addcdiv_(mean, divisor, new Scalar(-learningRate / firstCorrection));
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of("optimiser.mean", mean, "optimiser.square", square, "optimiser.steps", steps);
    }
}
