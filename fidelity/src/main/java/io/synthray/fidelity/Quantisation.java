package io.synthray.fidelity;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Features as signed 16-bit integers: value = q / {@value #SCALE}, -8 to 8 exclusive. Integers make sums exact, so that they do
 * not depend on the order in which images come.
 */
public final class Quantisation {
    /** Steps a unit. */
    public static final int SCALE = 4096;

    /** Features that an image can have at most. */
    public static final int MOST_FEATURES = 512;

    private Quantisation() {}

    /**
     * Rounds to the nearest step (half away from zero); what lies beyond the range goes to its end.
     *
     * @param features finite numbers
     * @throws IllegalArgumentException if one is not finite
     */
    public static short[] quantise(float[] features) {
        short[] steps = new short[features.length];
        for (int i = 0; i < features.length; i++) {
            if (!Float.isFinite(features[i])) {
                throw new IllegalArgumentException(
                        "feature %d: expected a finite number, found %s".formatted(i, features[i]));
            }
            long step = Math.round(Math.abs((double) features[i]) * SCALE);
            steps[i] = (short) (features[i] < 0 ? Math.max(-step, Short.MIN_VALUE) : Math.min(step, Short.MAX_VALUE));
        }
        return steps;
    }

    /** Little-endian bytes, two a feature. */
    public static byte[] bytes(short[] steps) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * steps.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(steps);
        return bytes.array();
    }

    /**
     * Reads {@link #bytes} back; the buffer's position stays.
     *
     * @throws IllegalArgumentException for an odd number of bytes, none, or more than {@value #MOST_FEATURES} features
     */
    public static short[] steps(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (length % 2 != 0 || length == 0 || length / 2 > MOST_FEATURES) {
            throw new IllegalArgumentException(
                    "embedding: expected 2 bytes for each of 1 to %d features, found %d bytes"
                            .formatted(MOST_FEATURES, length));
        }
        short[] steps = new short[length / 2];
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(steps);
        return steps;
    }
}
