package io.synthray.imaging.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes 8-bit greyscale PNG files (W3C, Portable Network Graphics, third edition). {@code javax.imageio} spends several times
 * what compression costs on its metadata tree, and a generator writes a file for every image.
 */
final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int TEXT_ROOM = 1024;
    private static final byte UP = 2;
    /** Radiographs are noise to a compressor: level 6 takes twice the time of this one for a hundredth of the size. */
    private static final int LEVEL = 3;

    /**
     * Those that nobody uses; they keep nothing. Making one takes as long as compressing a small image, as it asks the system for a quarter
     * of a megabyte; the one used last is taken first, as it is still in the processor's caches.
     */
    private static final Deque<Deflater> IDLE = new ConcurrentLinkedDeque<>();

    private static final Pattern KEYWORD = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,77}[\\x21-\\x7e])?");

    private final ByteArrayOutputStream out;

    private PngWriter(int room) {
        out = new ByteArrayOutputStream(room);
    }

    static byte[] write(GreySamples samples, Map<String, String> texts) {
        PngWriter png = new PngWriter(samples.samples().length + TEXT_ROOM);
        png.out.writeBytes(SIGNATURE);
        png.chunk("IHDR", header(samples));
        texts.forEach((keyword, value) -> {
            if (!KEYWORD.matcher(keyword).matches()) {
                throw new IllegalArgumentException(
                        "expected a PNG keyword of 1 to 79 printable ASCII characters, found '" + keyword + "'");
            }
            if (isLatin1(value)) {
                png.chunk("tEXt", (keyword + '\0' + value).getBytes(StandardCharsets.ISO_8859_1));
            }
        });
        texts.forEach((keyword, value) -> {
            if (!isLatin1(value)) {
                // Uncompressed; language and translated keyword are empty.
                png.chunk("iTXt", (keyword + "\0\0\0\0\0" + value).getBytes(StandardCharsets.UTF_8));
            }
        });
        png.chunk("IDAT", compressed(filtered(samples)));
        png.chunk("IEND", new byte[0]);
        return png.out.toByteArray();
    }

    /** Whether a tEXt chunk can hold the text; without a pattern, as there are a dozen texts in each of many images. */
    private static boolean isLatin1(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && (c < 0x20 || c > 0x7e) && (c < 0xa1 || c > 0xff)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] header(GreySamples samples) {
        return ByteBuffer.allocate(13)
                .putInt(samples.width())
                .putInt(samples.height())
                .put((byte) 8)
                .array();
    }

    private void chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        out.writeBytes(bytes(data.length));
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(bytes((int) checksum.getValue()));
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /**
     * Rows behind their filter's number: the first as it is, the others less the row above. Trying every filter on every row, as
     * encoders do, takes as long as compression and gains a hundredth on radiographs.
     */
    private static byte[] filtered(GreySamples samples) {
        int width = samples.width();
        byte[] levels = samples.samples();
        byte[] rows = new byte[(width + 1) * samples.height()];
        for (int y = 0; y < samples.height(); y++) {
            int to = y * (width + 1) + 1;
            System.arraycopy(levels, y * width, rows, to, width);
            if (y > 0) {
                subtract(levels, (y - 1) * width, rows, to, width);
                rows[to - 1] = UP;
            }
        }
        return rows;
    }

    private static void subtract(byte[] levels, int from, byte[] rows, int to, int count) {
        for (int i = 0; i < count; i++) {
            rows[to + i] -= levels[from + i];
        }
    }

    private static byte[] compressed(byte[] rows) {
        Deflater idle = IDLE.poll();
        Deflater deflater = idle == null ? new Deflater(LEVEL) : idle;
        deflater.reset();
        byte[] stream = compressed(rows, deflater);
        IDLE.push(deflater);
        return stream;
    }

    private static byte[] compressed(byte[] rows, Deflater deflater) {
        deflater.setInput(rows);
        deflater.finish();
        // Even what cannot be compressed grows by a few bytes in each 16 KiB only.
        byte[] buffer = new byte[rows.length + rows.length / 1000 + 64];
        int length = deflater.deflate(buffer);
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        while (!deflater.finished()) {
            more.write(buffer, 0, length);
            length = deflater.deflate(buffer);
        }
        if (more.size() == 0) {
            return Arrays.copyOf(buffer, length);
        }
        more.write(buffer, 0, length);
        return more.toByteArray();
    }
}
