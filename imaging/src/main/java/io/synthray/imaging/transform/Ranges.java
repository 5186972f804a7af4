package io.synthray.imaging.transform;

/**
 * Ranges of geometric changes; each parameter is drawn uniformly from plus or minus its range.
 *
 * @param rotation degrees, 0 to 180; positive turns clockwise as displayed
 * @param scale fraction, 0 to below 1: 0.1 draws a factor in 0.9..1.1
 * @param translation fraction of the side, 0 to 1
 * @param shear degrees, 0 to below 90
 */
record Ranges(double rotation, double scale, double translation, double shear) {

    Ranges {
        require("rotation", rotation, 180, true);
        require("scale", scale, 1, false);
        require("translation", translation, 1, true);
        require("shear", shear, 90, false);
    }

    static void require(String field, double value, double most, boolean inclusive) {
        if (!(value >= 0 && (inclusive ? value <= most : value < most))) {
            throw new IllegalArgumentException(
                    field + ": expected 0 to " + (inclusive ? "" : "below ") + most + ", found " + value);
        }
    }
}
