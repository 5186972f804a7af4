package io.synthray.imaging.npz;

import io.synthray.imaging.image.ImageFormatException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of one array (NumPy's format of .npy files, versions 1 to 3).
 *
 * @param type element type as NumPy writes it, for example {@code |u1}
 * @param shape sizes of the axes, 1 to 4 of them, each 1 or more
 */
record NpyHeader(String type, List<Integer> shape) {

    private static final int MAGIC_LENGTH = 6;
    private static final int LONGEST = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?[a-z][0-9]{1,2})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]{1,100})\\)");

    /** Reads the header and leaves the stream at the first element. */
    static NpyHeader read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        byte[] magic = in.readNBytes(MAGIC_LENGTH);
        if (magic.length < MAGIC_LENGTH
                || (magic[0] & 0xff) != 0x93
                || !new String(magic, 1, 5, StandardCharsets.ISO_8859_1).equals("NUMPY")) {
            throw new ImageFormatException("expected an array of NumPy, found other content");
        }
        int version = in.readUnsignedByte();
        in.readUnsignedByte();
        long length = version == 1
                ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
                : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
        if (version < 1 || version > 3 || length > LONGEST) {
            throw new ImageFormatException("expected a header of version 1 to 3 and at most " + LONGEST
                    + " bytes, found version " + version + " and " + length + " bytes");
        }
        return parse(new String(in.readNBytes((int) length), StandardCharsets.UTF_8));
    }

    private static NpyHeader parse(String text) {
        if (!find(ORDER, text, "fortran_order").equals("False")) {
            throw new ImageFormatException("expected an array in C order, found one in Fortran's");
        }
        List<Integer> shape = new ArrayList<>();
        for (String size : find(SHAPE, text, "shape").split(",", -1)) {
            if (!size.isBlank()) {
                shape.add(size(size.strip()));
            }
        }
        if (shape.isEmpty() || shape.size() > 4) {
            throw new ImageFormatException("expected an array of 1 to 4 axes, found " + shape.size());
        }
        return new NpyHeader(find(TYPE, text, "descr"), List.copyOf(shape));
    }

    private static int size(String text) {
        int size = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (size < 1) {
            throw new ImageFormatException("shape: expected sizes of 1 to 999999999, found another");
        }
        return size;
    }

    private static String find(Pattern pattern, String text, String name) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new ImageFormatException("expected a header with a readable '" + name + "', found none");
        }
        return matcher.group(1);
    }
}
