package io.synthray.trainer.engine;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A layer that adds its channels to those that went in: normalisation, 1 x 1, normalisation, 3 x 3, each normalisation rectified. */
final class DenseLayer implements Layer {
    /** Channels of the 1 x 1 convolution for each that is added. */
    private static final int BOTTLENECK = 4;

    private final Layer firstNormalisation;
    private final Layer firstConvolution;
    private final Layer secondNormalisation;
    private final Layer secondConvolution;

    DenseLayer(Weights weights, int inputs, int growth) {
        firstNormalisation = new BatchNormalisation(weights.of("norm1"), inputs);
        firstConvolution = Convolution.unbiased(weights.of("conv1"), inputs, BOTTLENECK * growth, 1, 1);
        secondNormalisation = new BatchNormalisation(weights.of("norm2"), BOTTLENECK * growth);
        secondConvolution = Convolution.unbiased(weights.of("conv2"), BOTTLENECK * growth, growth, 3, 1);
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        Tensor inside = firstConvolution.forward(torch.relu(firstNormalisation.forward(input, training)), training);
        Tensor added = secondConvolution.forward(torch.relu(secondNormalisation.forward(inside, training)), training);
        return torch.cat(new TensorVector(input, added), 1);
    }
}
