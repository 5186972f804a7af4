package io.synthray.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Residual network (He et al., arXiv 1512.03385) for greyscale images of 28 to 512 pixels, with a logit for every class. Its tensors have torchvision's
 * names, so that weights of its networks can be loaded where shapes agree.
 */
final class ResNet implements Layer {
    private final Layer stem;
    private final List<Layer> blocks = new ArrayList<>();
    private final Layer head;

    private ResNet(Weights weights, NetworkShape shape, int[] stages, boolean bottlenecks) {
        stem = new Stem(weights, "conv1", "bn1", shape.side(), shape.width());
        int channels = shape.width();
        for (int stage = 0; stage < stages.length; stage++) {
            int inside = shape.width() << stage;
            for (int block = 0; block < stages[stage]; block++) {
                Weights own = weights.of("layer%d.%d".formatted(stage + 1, block));
                int stride = stage > 0 && block == 0 ? 2 : 1;
                blocks.add(
                        bottlenecks
                                ? ResidualBlock.bottleneck(own, channels, inside, stride)
                                : ResidualBlock.basic(own, channels, inside, stride));
                channels = bottlenecks ? ResidualBlock.EXPANSION * inside : inside;
            }
        }
        head = new Head(weights.of("fc"), channels, shape.outputs());
    }

    /** 18 layers at a width of 64 as in the paper. */
    static ResNet of18(Weights weights, NetworkShape shape) {
        return new ResNet(weights, shape, new int[] {2, 2, 2, 2}, false);
    }

    /** 50 layers. */
    static ResNet of50(Weights weights, NetworkShape shape) {
        return new ResNet(weights, shape, new int[] {3, 4, 6, 3}, true);
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        Tensor at = stem.forward(input, training);
        for (Layer block : blocks) {
            at = block.forward(at, training);
        }
        return head.forward(at, training);
    }
}
