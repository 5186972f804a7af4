package io.synthray.trainer.engine;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** Convolution of odd kernel size, padded so that it keeps height and width at a stride of 1 and halves them at 2. */
final class Convolution implements Layer {
    private static final long[] ONES = {1, 1};

    private final Tensor kernel;
    private final TensorOptional bias;
    private final long[] padding;
    private final long[] stride;

    private Convolution(Tensor kernel, TensorOptional bias, int size, int stride) {
        this.kernel = kernel;
        this.bias = bias;
        this.padding = new long[] {size / 2, size / 2};
        this.stride = new long[] {stride, stride};
    }

    /** Without bias, for a normalisation that comes before or after and has its own. */
    static Convolution unbiased(Weights weights, int inputs, int outputs, int size, int stride) {
        return new Convolution(kernel(weights, inputs, outputs, size), new TensorOptional(), size, stride);
    }

    /** With a bias that begins at 0. */
    static Convolution biased(Weights weights, int inputs, int outputs, int size) {
        Tensor kernel = kernel(weights, inputs, outputs, size);
        return new Convolution(kernel, new TensorOptional(weights.constant("bias", 0, outputs)), size, 1);
    }

    private static Tensor kernel(Weights weights, int inputs, int outputs, int size) {
        return weights.he("weight", inputs * size * size, outputs, inputs, size, size);
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        // libtorch 2.10 writes past its memory in a 1 x 1 convolution with a stride over few channels that lie last; so
        // does Python's.
        return padding[0] == 0 && stride[0] > 1
                ? torch.conv2d(thinned(input), kernel, bias, ONES, padding, ONES, 1)
                : torch.conv2d(input, kernel, bias, stride, padding, ONES, 1);
    }

    /** The pixels that a kernel of 1 x 1 looks at. */
    private Tensor thinned(Tensor input) {
        LongOptional whole = new LongOptional();
        Tensor rows = torch.slice(input, 2, whole, whole, stride[0]);
        return torch.slice(rows, 3, whole, whole, stride[1]).contiguous(MemoryFormat.ChannelsLast);
    }
}
