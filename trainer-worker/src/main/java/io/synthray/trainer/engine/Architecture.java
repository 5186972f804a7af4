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
    DENSENET_121("densenet-121", false),
    /** {@link Script} with a logit for every structure and pixel. */
    SCRIPTED_SEGMENTER("torchscript", true),
    /** {@link Script} with a logit for every class. */
    SCRIPTED_CLASSIFIER("torchscript", false);

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

    /** Whether it is a network of the user's own. */
    public boolean scripted() {
        return this == SCRIPTED_SEGMENTER || this == SCRIPTED_CLASSIFIER;
    }

    /** Whether the number of its levels can be chosen. */
    boolean levelled() {
        return this == UNET || this == SMALL_CNN;
    }

    /**
     * The architecture of a name.
     *
     * @param segments whether it is to say something of every pixel
     * @throws UnsupportedNetworkException when there is none
     */
    public static Architecture of(String label, boolean segments) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.label.equals(label) && architecture.segments == segments)
                .findFirst()
                .orElseThrow(() ->
                        new UnsupportedNetworkException("network architecture: expected one of %s for %s, found '%s'"
                                .formatted(labels(segments), segments ? "segmentation" : "classification", label)));
    }

    private static String labels(boolean segments) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.segments == segments)
                .map(Architecture::label)
                .collect(Collectors.joining(", "));
    }
}
