package io.synthray.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A classifier with a logit for every class; an image may belong to several. Blocks as in {@link UNet}'s way down, from half the
 * image's side on, each half as wide as the one before, then the mean over all positions and one linear layer.
 */
final class SmallCnn implements Layer {
    private static final long[] HALF = {2, 2};

    private final List<Layer> blocks = new ArrayList<>();
    private final Layer logits;

    SmallCnn(Weights weights, NetworkShape shape) {
        int channels = Blocks.PIXELS;
        for (int level = 0; level < shape.depth(); level++) {
            blocks.add(new ConvolutionBlock(weights.of("down." + level), channels, shape.width() << level));
            channels = shape.width() << level;
        }
        logits = Convolution.biased(weights.of("logits"), channels, shape.outputs(), 1);
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        Tensor at = blocks.get(0).forward(Blocks.toChannels(input), training);
        for (Layer block : blocks.subList(1, blocks.size())) {
            at = block.forward(torch.max_pool2d(at, HALF), training);
        }
        Tensor mean = at.mean(new long[] {2, 3}, true, new ScalarTypeOptional());
        return logits.forward(mean, training).flatten(1, -1);
    }
}
