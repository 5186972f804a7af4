package io.synthray.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Densely connected network of 121 layers (Huang et al., arXiv 1608.06993) for greyscale images of 28 to 512 pixels, with a logit for every class. Half as
 * many channels as the first level has are added by each layer (64 and 32 in the paper). Its tensors have torchvision's names.
 */
final class DenseNet implements Layer {
    private static final int[] LAYERS = {6, 12, 24, 16};

    private final List<Layer> layers = new ArrayList<>();
    private final Layer lastNormalisation;
    private final Layer head;

    DenseNet(Weights weights, NetworkShape shape) {
        Weights features = weights.of("features");
        layers.add(new Stem(features, "conv0", "norm0", shape.side(), shape.width()));
        int channels = shape.width();
        int growth = shape.width() / 2;
        for (int block = 1; block <= LAYERS.length; block++) {
            for (int layer = 1; layer <= LAYERS[block - 1]; layer++) {
                layers.add(new DenseLayer(
                        features.of("denseblock%d.denselayer%d".formatted(block, layer)), channels, growth));
                channels += growth;
            }
            if (block < LAYERS.length) {
                layers.add(transition(features.of("transition" + block), channels));
                channels /= 2;
            }
        }
        lastNormalisation = new BatchNormalisation(features.of("norm5"), channels);
        head = new Head(weights.of("classifier"), channels, shape.outputs());
    }

    /** Half the channels at half the side. */
    private static Layer transition(Weights weights, int channels) {
        Layer normalisation = new BatchNormalisation(weights.of("norm"), channels);
        Layer convolution = Convolution.unbiased(weights.of("conv"), channels, channels / 2, 1, 1);
        return (input, training) -> torch.avg_pool2d(
                convolution.forward(torch.relu(normalisation.forward(input, training)), training), 2, 2);
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        Tensor at = input;
        for (Layer layer : layers) {
            at = layer.forward(at, training);
        }
        return head.forward(torch.relu(lastNormalisation.forward(at, training)), training);
    }
}
