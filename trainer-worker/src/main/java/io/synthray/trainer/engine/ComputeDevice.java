package io.synthray.trainer.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What steps are computed on. */
public enum ComputeDevice {
    /** The processor. */
    CPU,
    /** The first GPU of NVIDIA's, in a build with Maven's profile {@code cuda}. */
    CUDA;

    /** The name in configurations: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The device of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ComputeDevice of(String label) {
        return Arrays.stream(values())
                .filter(device -> device.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "device: expected one of %s, found '%s'".formatted(List.of(CPU.label(), CUDA.label()), label)));
    }
}
