package io.synthray.trainer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Convolutions with normalisations, added to what went in; a 1 x 1 convolution takes what went in along where its shape changes. */
final class ResidualBlock implements Layer {
    /** Channels that a bottleneck gives for each inside. */
    static final int EXPANSION = 4;

    private final List<Layer> convolutions = new ArrayList<>();
    private final List<Layer> normalisations = new ArrayList<>();
    private final Optional<Layer> shortcut;
    private final Optional<Layer> shortcutNormalisation;

    private ResidualBlock(Weights weights, int[] channels, int[] sizes, int[] strides) {
        int stride = 1;
        for (int i = 0; i < sizes.length; i++) {
            convolutions.add(Convolution.unbiased(
                    weights.of("conv" + (i + 1)), channels[i], channels[i + 1], sizes[i], strides[i]));
            normalisations.add(new BatchNormalisation(weights.of("bn" + (i + 1)), channels[i + 1]));
            stride *= strides[i];
        }
        int outputs = channels[sizes.length];
        boolean changes = stride != 1 || channels[0] != outputs;
        shortcut = changes
                ? Optional.of(Convolution.unbiased(weights.of("downsample.0"), channels[0], outputs, 1, stride))
                : Optional.empty();
        shortcutNormalisation =
                changes ? Optional.of(new BatchNormalisation(weights.of("downsample.1"), outputs)) : Optional.empty();
    }

    /** Two convolutions of 3 x 3. */
    static ResidualBlock basic(Weights weights, int inputs, int outputs, int stride) {
        return new ResidualBlock(
                weights, new int[] {inputs, outputs, outputs}, new int[] {3, 3}, new int[] {stride, 1});
    }

    /** 1 x 1, 3 x 3 (which has the stride, as everywhere since "ResNet v1.5"), 1 x 1. */
    static ResidualBlock bottleneck(Weights weights, int inputs, int inside, int stride) {
        return new ResidualBlock(
                weights, new int[] {inputs, inside, inside, EXPANSION * inside}, new int[] {1, 3, 1}, new int[] {
                    1, stride, 1
                });
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        Tensor at = input;
        for (int i = 0; i < convolutions.size(); i++) {
            at = normalisations.get(i).forward(convolutions.get(i).forward(at, training), training);
            at = i + 1 < convolutions.size() ? torch.relu(at) : at;
        }
        Tensor along = shortcut.map(convolution ->
                        shortcutNormalisation.orElseThrow().forward(convolution.forward(input, training), training))
                .orElse(input);
        return torch.relu(at.add(along));
    }
}
