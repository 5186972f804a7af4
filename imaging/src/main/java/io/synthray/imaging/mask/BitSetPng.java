package io.synthray.imaging.mask;

import io.synthray.imaging.image.GreySamples;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.Png;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Masks as 8-bit greyscale PNG files whose pixels are bit sets: bit i of a pixel says whether structure i of a list is there,
 * by default {@link Structures#DRAWN} (1 left lung, 2 right lung, 4 heart, 8 left clavicle, 16 right clavicle, 32 pneumothorax,
 * 64 rib fracture, 128 chest tube), as in the files of conditioning masks.
 */
public final class BitSetPng {

    private BitSetPng() {}

    /** Decodes a mask with the structures of {@link Structures#DRAWN}; see {@link #decode(byte[], String, List)}. */
    public static Mask decode(byte[] png, String name) {
        return decode(png, name, Structures.DRAWN);
    }

    /**
     * Decodes a mask.
     *
     * @param name what errors call the mask
     * @param structures the structures in the order of their bits, 1 to 8 of them
     * @throws ImageFormatException if it is no 8-bit greyscale PNG, or a pixel has a bit beyond the structures
     */
    public static Mask decode(byte[] png, String name, List<String> structures) {
        GreySamples samples = Png.decodeSamples(png, name);
        int width = samples.width();
        int known = (1 << structures.size()) - 1;
        for (int i = 0; i < samples.samples().length; i++) {
            int value = samples.samples()[i] & 0xff;
            if ((value & ~known) != 0) {
                throw new ImageFormatException(
                        name,
                        "expected a bit set of 0 to " + known + " for " + structures + ", found " + value
                                + " at column " + i % width + ", row " + i / width,
                        null);
            }
        }
        Map<String, Plane> planes = new TreeMap<>();
        for (int bit = 0; bit < structures.size(); bit++) {
            int flag = 1 << bit;
            planes.put(
                    structures.get(bit),
                    Plane.of(width, samples.height(), (x, y) -> (samples.samples()[y * width + x] & flag) != 0));
        }
        return Mask.of(width, samples.height(), planes);
    }

    /** Encodes a mask with the structures of {@link Structures#DRAWN}; see {@link #encode(Mask, List)}. */
    public static byte[] encode(Mask mask) {
        return encode(mask, Structures.DRAWN);
    }

    /**
     * Encodes a mask.
     *
     * @param structures the structures in the order of their bits, 1 to 8 of them; others are left out, missing ones are empty
     */
    public static byte[] encode(Mask mask, List<String> structures) {
        byte[] samples = new byte[mask.width() * mask.height()];
        for (int bit = 0; bit < structures.size(); bit++) {
            int flag = 1 << bit;
            mask.plane(structures.get(bit))
                    .ifPresent(plane -> plane.forEachRun((from, to) -> {
                        for (int i = from; i < to; i++) {
                            samples[i] = (byte) (samples[i] | flag);
                        }
                    }));
        }
        return Png.encode(new GreySamples(mask.width(), mask.height(), samples), Map.of());
    }
}
