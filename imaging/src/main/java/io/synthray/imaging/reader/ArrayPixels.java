package io.synthray.imaging.reader;

import io.synthray.imaging.dataset.FileStamp;
import io.synthray.imaging.dataset.Pixels;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.digest.Sha256;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.PixelBudget;
import io.synthray.imaging.mask.Mask;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pictures that were unpacked from arrays of bytes: images x rows x columns, or with three channels behind. */
final class ArrayPixels implements Pixels {

    private record Part(int images, int height, int width, int channels, UnpackedBytes bytes) {}

    private final Path file;
    private final Map<Split, Part> parts;

    private ArrayPixels(Path file, Map<Split, Part> parts) {
        this.file = file;
        this.parts = parts;
    }

    static String id(Split split, int index) {
        return split.word() + "-" + index;
    }

    /** Unpacks arrays and finds pictures that are equal. */
    static final class Builder {

        private final Path file;
        private final Map<Split, Part> parts = new EnumMap<>(Split.class);
        private final Map<String, List<String>> byDigest = new LinkedHashMap<>();

        Builder(Path file) {
            this.file = file;
        }

        /** Unpacks the images of a split; gives their number. */
        int add(Split split, List<Integer> shape, InputStream in) throws IOException {
            int channels = shape.size() == 4 ? shape.get(3) : 1;
            if (shape.size() < 3 || (channels != 1 && channels != 3)) {
                throw new ImageFormatException(
                        "expected images x rows x columns, or with 3 channels, found an array of " + shape);
            }
            PixelBudget.require(shape.get(2), shape.get(1), channels);
            UnpackedBytes bytes = new UnpackedBytes(shape.get(1) * shape.get(2) * channels);
            for (int i = 0; i < shape.get(0); i++) {
                byte[] image = in.readNBytes(bytes.recordLength());
                if (image.length < bytes.recordLength()) {
                    throw new ImageFormatException("expected " + shape.get(0) + " images, found " + i);
                }
                bytes.add(image);
                byDigest.computeIfAbsent(Sha256.hex(image), d -> new ArrayList<>(1))
                        .add(id(split, i));
            }
            parts.put(split, new Part(shape.get(0), shape.get(1), shape.get(2), channels, bytes.finish()));
            return shape.get(0);
        }

        List<List<String>> identical() {
            return byDigest.values().stream().filter(same -> same.size() > 1).toList();
        }

        ArrayPixels build() {
            return new ArrayPixels(file, parts);
        }
    }

    @Override
    public GreyImage image(String id) {
        int dash = id.indexOf('-');
        Part part = parts.get(Split.valueOf(id.substring(0, dash).toUpperCase(java.util.Locale.ROOT)));
        byte[] bytes = part.bytes().get(Integer.parseInt(id.substring(dash + 1)));
        if (part.channels() == 1) {
            return GreyImage.ofBytes(part.width(), part.height(), bytes);
        }
        float[] pixels = new float[part.width() * part.height()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (0.299f * (bytes[3 * i] & 0xff)
                            + 0.587f * (bytes[3 * i + 1] & 0xff)
                            + 0.114f * (bytes[3 * i + 2] & 0xff))
                    / 255f;
        }
        return GreyImage.taking(part.width(), part.height(), pixels);
    }

    @Override
    public Mask mask(String id, int width, int height) {
        return FilePixels.noMask(id, width, height);
    }

    @Override
    public String location(String id) {
        return file.getFileName() + ": " + id;
    }

    @Override
    public long stamp(String id) {
        return FileStamp.of(file);
    }
}
