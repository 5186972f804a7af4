package io.synthray.trainer.engine;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Downstream networks. */
public enum Architecture {
    /** {@link UNet}: a probability for every structure and pixel. */
    UNET("unet"),
    /** {@link SmallCnn}: a probability for every class. */
    SMALL_CNN("small-cnn");

    private final String label;

    Architecture(String label) {
        this.label = label;
    }

    /** The name in study files. */
    public String label() {
        return label;
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
