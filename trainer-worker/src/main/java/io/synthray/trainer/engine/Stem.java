package io.synthray.trainer.engine;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * What comes before a residual or dense network's first stage. Images of more than 128 pixels a side are quartered as the papers have it (7 x 7 at a
 * stride of 2, then the largest of 3 x 3), those of more than 64 halved, and smaller ones keep their side under a kernel of 3 x 3, as is
 * usual for 28 and 32 pixels.
 */
final class Stem implements Layer {
    private static final int UNCHANGED = 64;
    private static final int HALVED = 128;

    private final Layer convolution;
    private final Layer normalisation;
    private final boolean pooled;

    /**
     * @param convolution name of the convolution
     * @param normalisation name of the normalisation
     * @param side pixels of the image
     */
    Stem(Weights weights, String convolution, String normalisation, int side, int channels) {
        int size = side > UNCHANGED ? 7 : 3;
        this.convolution = Convolution.unbiased(weights.of(convolution), 1, channels, size, side > UNCHANGED ? 2 : 1);
        this.normalisation = new BatchNormalisation(weights.of(normalisation), channels);
        this.pooled = side > HALVED;
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        Tensor images = input.contiguous(MemoryFormat.ChannelsLast);
        Tensor at = torch.relu(normalisation.forward(convolution.forward(images, training), training));
        return pooled
                ? torch.max_pool2d(
                        at, new long[] {3, 3}, new long[] {2, 2}, new long[] {1, 1}, new long[] {1, 1}, false)
                : at;
    }
}
