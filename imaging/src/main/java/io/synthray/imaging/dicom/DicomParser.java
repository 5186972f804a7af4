package io.synthray.imaging.dicom;

import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.PixelBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads a DICOM file (PS3.10) element by element: values of the groups that describe the image are kept, everything else is passed over,
 * and pixel data are read last.
 */
final class DicomParser {

    private static final int PREAMBLE = 128;
    private static final long UNDEFINED = 0xffffffffL;
    private static final int LONGEST_VALUE = 1 << 16;
    private static final int MOST_ELEMENTS = 100_000;
    private static final int DEEPEST = 32;
    private static final int MOST_FRAGMENTS = 100_000;
    private static final Set<Integer> KEPT_GROUPS = Set.of(0x0002, 0x0008, 0x0010, 0x0018, 0x0020, 0x0028);
    private static final Set<String> LONG_FORM =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    private final DicomInput in;
    private final Map<Integer, byte[]> values = new HashMap<>();
    private TransferSyntax syntax;
    private int elements;

    private DicomParser(InputStream stream) {
        this.in = new DicomInput(stream);
    }

    /**
     * Reads a file.
     *
     * @param stream supports marks
     * @param withPixels whether to read pixel data, too
     * @throws ImageFormatException if it is no DICOM file, damaged, or of an unknown transfer syntax
     */
    static DicomFile parse(InputStream stream, boolean withPixels) throws IOException {
        return new DicomParser(stream).file(withPixels);
    }

    private DicomFile file(boolean withPixels) throws IOException {
        in.skip(PREAMBLE);
        if (!new String(in.bytes(4), StandardCharsets.ISO_8859_1).equals("DICM")) {
            throw new ImageFormatException("expected a DICOM file, found other content");
        }
        byte[] pixels = new byte[0];
        while (!in.atEnd()) {
            int tag = in.tag();
            if (Tag.group(tag) != 0x0002 && syntax == null) {
                syntax = syntax();
            }
            Element element = element(tag, syntax == null || syntax.explicit());
            if (tag == Tag.PIXEL_DATA) {
                pixels = withPixels ? pixels(element.length()) : pixels;
                break;
            }
            readValue(element);
        }
        return new DicomFile(syntax == null ? syntax() : syntax, values, pixels);
    }

    private TransferSyntax syntax() {
        byte[] uid = values.get(Tag.TRANSFER_SYNTAX);
        if (uid == null) {
            throw new ImageFormatException("expected a transfer syntax, found none");
        }
        return TransferSyntax.of(DicomFile.text(uid));
    }

    private record Element(int tag, String representation, long length) {}

    private Element element(int tag, boolean explicit) throws IOException {
        if (++elements > MOST_ELEMENTS) {
            throw new ImageFormatException("expected at most " + MOST_ELEMENTS + " elements, found more");
        }
        if (!explicit || Tag.group(tag) == 0xfffe) {
            return new Element(tag, "", in.length());
        }
        String representation = new String(in.bytes(2), StandardCharsets.ISO_8859_1);
        if (!representation.matches("[A-Z]{2}")) {
            throw new ImageFormatException("byte " + in.position() + ": expected a value representation, found none");
        }
        if (LONG_FORM.contains(representation)) {
            in.skip(2);
            return new Element(tag, representation, in.length());
        }
        return new Element(tag, representation, in.two());
    }

    private void readValue(Element element) throws IOException {
        if (element.length() == UNDEFINED) {
            skipItems(element.representation().equals("UN") ? false : syntax == null || syntax.explicit(), 1);
        } else if (KEPT_GROUPS.contains(Tag.group(element.tag()))
                && element.length() <= LONGEST_VALUE
                && !element.representation().equals("SQ")) {
            values.putIfAbsent(element.tag(), in.bytes(element.length()));
        } else {
            in.skip(element.length());
        }
    }

    /** Passes over a sequence without a length, up to its end. */
    private void skipItems(boolean explicit, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new ImageFormatException("expected sequences at most " + DEEPEST + " deep, found deeper ones");
        }
        while (true) {
            Element item = element(in.tag(), explicit);
            if (item.tag() == Tag.SEQUENCE_END) {
                return;
            }
            if (item.tag() != Tag.ITEM) {
                throw new ImageFormatException("byte " + in.position() + ": expected an item, found none");
            }
            if (item.length() == UNDEFINED) {
                skipElements(explicit, depth);
            } else {
                in.skip(item.length());
            }
        }
    }

    private void skipElements(boolean explicit, int depth) throws IOException {
        while (true) {
            Element element = element(in.tag(), explicit);
            if (element.tag() == Tag.ITEM_END) {
                return;
            }
            if (element.length() == UNDEFINED) {
                skipItems(explicit && !element.representation().equals("UN"), depth + 1);
            } else {
                in.skip(element.length());
            }
        }
    }

    /** Native pixel data, or the fragments of encapsulated ones put together (PS3.5, A.4), without the table of offsets. */
    private byte[] pixels(long length) throws IOException {
        if (length != UNDEFINED) {
            if (length > PixelBudget.MAX_BYTES) {
                throw new ImageFormatException(
                        "expected pixel data of at most " + PixelBudget.MAX_BYTES + " bytes, found " + length);
            }
            return in.bytes(length);
        }
        ByteArrayOutputStream fragments = new ByteArrayOutputStream();
        for (int fragment = 0; fragment < MOST_FRAGMENTS; fragment++) {
            int tag = in.tag();
            long size = in.length();
            if (tag == Tag.SEQUENCE_END) {
                return fragments.toByteArray();
            }
            if (tag != Tag.ITEM || fragments.size() + size > PixelBudget.MAX_BYTES) {
                throw new ImageFormatException(
                        "byte " + in.position() + ": expected a fragment of pixel data, found none");
            }
            if (fragment == 0) {
                in.skip(size);
            } else {
                fragments.writeBytes(in.bytes(size));
            }
        }
        throw new ImageFormatException("expected at most " + MOST_FRAGMENTS + " fragments, found more");
    }
}
