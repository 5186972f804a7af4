package io.synthray.trainer.engine;

import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The mean over all positions, then one linear layer. The layer is computed as a convolution of 1 x 1, since a matrix product would wake OpenBLAS's pool of
 * threads, which waits busily.
 */
final class Head implements Layer {
    private static final long[] ONES = {1, 1};
    private static final long[] ZEROS = {0, 0};
    private static final long[] POSITIONS = {2, 3};

    private final Tensor matrix;
    private final TensorOptional bias;

    Head(Weights weights, int inputs, int outputs) {
        matrix = weights.he("weight", inputs, outputs, inputs);
        bias = new TensorOptional(weights.constant("bias", 0, outputs));
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        Tensor mean = input.mean(POSITIONS, true, new ScalarTypeOptional());
        Tensor kernel = matrix.unsqueeze(-1).unsqueeze(-1);
        return torch.conv2d(mean, kernel, bias, ONES, ZEROS, ONES, 1).flatten(1, -1);
    }
}
