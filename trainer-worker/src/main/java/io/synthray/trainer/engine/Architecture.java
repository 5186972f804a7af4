package io.synthray.trainer.engine;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Downstream networks. */
public enum Architecture {
    /** {@link UNet}: a logit for every structure and pixel. */
    UNET("unet", true),
    /** {@link SmallCnn}: a logit for every class. */
    SMALL_CNN("small-cnn", false),
    /** {@link ResNet} of basic blocks, two a stage. */
    RESNET_18("resnet-18", false),
    /** {@link ResNet} of bottlenecks, 3, 4, 6 and 3 a stage. */
    RESNET_50("resnet-50", false),
    /** {@link DenseNet} of blocks of 6, 12, 24 and 16 layers. */
    DENSENET_121("densenet-121", false);

    private final String label;
    private final boolean segments;

    Architecture(String label, boolean segments) {
        this.label = label;
        this.segments = segments;
    }

    /** The name in study files. */
    public String label() {
        return label;
    }

    /** Whether it says something of every pixel; the others speak of the image as a whole. */
    public boolean segments() {
        return segments;
    }

    /** Whether the number of its levels can be chosen. */
    boolean levelled() {
        return this == UNET || this == SMALL_CNN;
    }

    /**
     * The architecture of a name.
     *
     * @throws UnsupportedNetworkException when there is none
     */
    public static Architecture of(String label) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.label.equals(label))
                .findFirst()
                .orElseThrow(
                        () -> new UnsupportedNetworkException("network architecture: expected one of %s, found '%s'"
                                .formatted(
                                        Arrays.stream(values())
                                                .map(Architecture::label)
                                                .collect(Collectors.joining(", ")),
                                        label)));
    }
}
