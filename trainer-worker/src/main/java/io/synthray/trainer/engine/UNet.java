package io.synthray.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * U-Net (Ronneberger et al., arXiv 1505.04597) with a logit for every structure and pixel; structures may overlap.
 *
 * <p>Its first level works at half the image's side on blocks of 2 x 2 pixels as channels, and its last turns channels into such
 * blocks again ({@link Blocks}). On radiographs of 64 x 64 that costs a third of the time a step
 * and no Dice. On the way up the nearest neighbour enlarges.
 */
final class UNet implements Layer {
    private static final long[] HALF = {2, 2};

    private final List<Layer> down = new ArrayList<>();
    private final List<Layer> up = new ArrayList<>();
    private final Layer logits;

    UNet(Weights weights, NetworkShape shape) {
        int channels = Blocks.PIXELS;
        for (int level = 0; level < shape.depth(); level++) {
            down.add(new ConvolutionBlock(weights.of("down." + level), channels, shape.width() << level));
            channels = shape.width() << level;
        }
        for (int level = shape.depth() - 2; level >= 0; level--) {
            int skipped = shape.width() << level;
            up.add(new ConvolutionBlock(weights.of("up." + level), skipped + channels, skipped));
            channels = skipped;
        }
        logits = Convolution.biased(weights.of("logits"), channels, Blocks.PIXELS * shape.outputs(), 1);
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        List<Tensor> levels = new ArrayList<>();
        Tensor at = down.get(0).forward(Blocks.toChannels(input), training);
        for (Layer block : down.subList(1, down.size())) {
            levels.add(at);
            at = block.forward(torch.max_pool2d(at, HALF), training);
        }
        for (Layer block : up) {
            Tensor skipped = levels.remove(levels.size() - 1);
            Tensor enlarged = torch.upsample_nearest2d(at, skipped.size(2), skipped.size(3));
            at = block.forward(torch.cat(new TensorVector(skipped, enlarged), 1), training);
        }
        return Blocks.toPixels(logits.forward(at, training));
    }
}
