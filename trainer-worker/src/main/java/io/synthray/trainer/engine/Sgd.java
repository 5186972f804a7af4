package io.synthray.trainer.engine;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Stochastic gradient descent with momentum, without dampening, as PyTorch has it. */
final class Sgd implements Optimiser {
    private final double momentum;
    private final double weightDecay;
    private final Tensor velocity;

    Sgd(FlatWeights weights, double momentum, double weightDecay) {
        this.momentum = momentum;
        this.weightDecay = weightDecay;
        velocity = torch.zeros_like(weights.values());
    }

    @Override
    public void step(FlatWeights weights, double learningRate) {
        Tensor gradients = weights.gradients();
        if (weightDecay > 0) {
            gradients.add_(weights.values(), new Scalar(weightDecay));
        }
        // The velocity begins at 0, so that the first step is the plain gradient, as in PyTorch.
        velocity.mul_(new Scalar(momentum)).add_(gradients);
        weights.values().add_(velocity, new Scalar(-learningRate));
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of("optimiser.velocity", velocity);
    }
}
