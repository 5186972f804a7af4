package io.synthray.trainer.trial;

/**
 * Grey levels of one image to mean 0 and standard deviation 1, so that exposure does not matter. An image of one level becomes 0
 * everywhere.
 */
final class Standardisation {
    private static final double LEAST_DEVIATION = 1e-3;

    private Standardisation() {}

    /** Writes the standardised image into {@code target} from {@code offset} on. */
    static void write(float[] image, float[] target, int offset) {
        double sum = 0;
        double squares = 0;
        for (float level : image) {
            sum += level;
            squares += (double) level * level;
        }
        double mean = sum / image.length;
        double deviation = Math.sqrt(Math.max(0, squares / image.length - mean * mean));
        double scale = 1 / Math.max(LEAST_DEVIATION, deviation);
        for (int i = 0; i < image.length; i++) {
            target[offset + i] = (float) ((image[i] - mean) * scale);
        }
    }
}
