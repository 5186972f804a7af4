package io.synthray.imaging.dicom;

import io.synthray.imaging.image.ImageFormatException;
import java.util.Locale;

/**
 * From stored values to grey levels: modality rescale, then the first window (PS3.3, C.11.2), or without one the whole range of the
 * stored bits. MONOCHROME1 is inverted.
 */
final class Brightness {

    private final PixelFormat format;
    private final double slope;
    private final double intercept;
    private final boolean windowed;
    private final double centre;
    private final double width;
    private final String function;

    Brightness(DicomFile file, PixelFormat format) {
        this.format = format;
        this.slope = file.decimal(Tag.RESCALE_SLOPE, "RescaleSlope", 1);
        this.intercept = file.decimal(Tag.RESCALE_INTERCEPT, "RescaleIntercept", 0);
        this.centre = file.decimal(Tag.WINDOW_CENTRE, "WindowCenter", Double.NaN);
        this.width = file.decimal(Tag.WINDOW_WIDTH, "WindowWidth", Double.NaN);
        this.windowed = !Double.isNaN(centre) && !Double.isNaN(width);
        String named = file.text(Tag.WINDOW_FUNCTION).toUpperCase(Locale.ROOT);
        this.function = named.isEmpty() ? "LINEAR" : named;
        if (windowed && (width <= 0 || (function.equals("LINEAR") && width < 1))) {
            throw new ImageFormatException("WindowWidth: expected a positive number, found " + width);
        }
    }

    /** Grey levels of the raw samples that a file can have, indexed by the raw sample. */
    float[] table() {
        float[] table = new float[1 << format.bitsAllocated()];
        for (int raw = 0; raw < table.length; raw++) {
            double grey = grey(format.value(raw) * slope + intercept);
            table[raw] = (float) (format.inverted() ? 1 - grey : grey);
        }
        return table;
    }

    private double grey(double value) {
        if (!windowed) {
            double low = format.lowest() * slope + intercept;
            double high = format.highest() * slope + intercept;
            return high == low ? 0 : clamp((value - low) / (high - low));
        }
        return switch (function) {
            case "LINEAR" ->
                width == 1 ? (value > centre - 0.5 ? 1 : 0) : clamp((value - (centre - 0.5)) / (width - 1) + 0.5);
            case "LINEAR_EXACT" -> clamp((value - centre) / width + 0.5);
            case "SIGMOID" -> 1 / (1 + Math.exp(-4 * (value - centre) / width));
            default ->
                throw new ImageFormatException(
                        "VOILUTFunction: expected LINEAR, LINEAR_EXACT or SIGMOID, found another");
        };
    }

    private static double clamp(double grey) {
        return Math.min(1, Math.max(0, grey));
    }
}
