package io.synthray.imaging.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Turns what the JDK's decoders give into grey: grey as it is, colour by its luma (ITU-R BT.601), alpha ignored. */
final class Luma {

    private Luma() {}

    static GreyImage of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        float[] pixels = new float[Math.multiplyExact(width, height)];
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel) {
            palette(image, pixels);
        } else if (image.getRaster().getNumBands() <= 2) {
            grey(image.getRaster(), colours.getComponentSize(0), pixels);
        } else {
            colour(image.getRaster(), colours.getComponentSize(0), pixels);
        }
        return GreyImage.taking(width, height, pixels);
    }

    private static void palette(BufferedImage image, float[] pixels) {
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                pixels[y * row.length + x] = luma((row[x] >> 16) & 0xff, (row[x] >> 8) & 0xff, row[x] & 0xff) / 255f;
            }
        }
    }

    private static void grey(Raster raster, int bits, float[] pixels) {
        float white = white(bits);
        int width = raster.getWidth();
        int[] row = new int[width];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = row[x] / white;
            }
        }
    }

    private static void colour(Raster raster, int bits, float[] pixels) {
        float white = white(bits);
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        int[] row = new int[width * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = luma(row[x * bands], row[x * bands + 1], row[x * bands + 2]) / white;
            }
        }
    }

    private static float white(int bits) {
        return (1 << Math.min(16, bits)) - 1f;
    }

    private static float luma(int red, int green, int blue) {
        return 0.299f * red + 0.587f * green + 0.114f * blue;
    }
}
