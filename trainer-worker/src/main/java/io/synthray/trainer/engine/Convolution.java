package io.synthray.trainer.engine;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Convolution of odd kernel size that keeps height and width. */
final class Convolution implements Layer {
    private static final long[] ONES = {1, 1};

    private final Tensor kernel;
    private final TensorOptional bias;
    private final long[] padding;

    private Convolution(Tensor kernel, TensorOptional bias, int size) {
        this.kernel = kernel;
        this.bias = bias;
        this.padding = new long[] {size / 2, size / 2};
    }

    /** Without bias, for a normalisation that follows and has its own. */
    static Convolution unbiased(Weights weights, int inputs, int outputs, int size) {
        return new Convolution(kernel(weights, inputs, outputs, size), new TensorOptional(), size);
    }

    /** With a bias that begins at 0. */
    static Convolution biased(Weights weights, int inputs, int outputs, int size) {
        Tensor kernel = kernel(weights, inputs, outputs, size);
        return new Convolution(kernel, new TensorOptional(weights.constant(0, outputs)), size);
    }

    private static Tensor kernel(Weights weights, int inputs, int outputs, int size) {
        return weights.he(inputs * size * size, outputs, inputs, size, size);
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        return torch.conv2d(input, kernel, bias, ONES, padding, ONES, 1);
    }
}
