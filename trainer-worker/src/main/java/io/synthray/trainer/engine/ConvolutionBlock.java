package io.synthray.trainer.engine;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Twice: 3 x 3 convolution, batch normalisation, rectified linear unit. */
final class ConvolutionBlock implements Layer {
    private final Layer firstConvolution;
    private final Layer firstNormalisation;
    private final Layer secondConvolution;
    private final Layer secondNormalisation;

    ConvolutionBlock(Weights weights, int inputs, int outputs) {
        firstConvolution = Convolution.unbiased(weights.of("conv1"), inputs, outputs, 3, 1);
        firstNormalisation = new BatchNormalisation(weights.of("bn1"), outputs);
        secondConvolution = Convolution.unbiased(weights.of("conv2"), outputs, outputs, 3, 1);
        secondNormalisation = new BatchNormalisation(weights.of("bn2"), outputs);
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        Tensor first = torch.relu(firstNormalisation.forward(firstConvolution.forward(input, training), training));
        return torch.relu(secondNormalisation.forward(secondConvolution.forward(first, training), training));
    }
}
