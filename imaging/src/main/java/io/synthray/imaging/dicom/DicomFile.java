package io.synthray.imaging.dicom;

import io.synthray.imaging.image.ImageFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What was read of a file.
 *
 * @param syntax transfer syntax
 * @param values raw values by tag
 * @param pixels native pixel data, or the code stream of encapsulated ones
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier within the package; never compared.
record DicomFile(TransferSyntax syntax, Map<Integer, byte[]> values, byte[] pixels) {

    /** A text without the padding that makes its length even. */
    static String text(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(0, end).stripLeading();
    }

    /** A text; empty if there is none. */
    String text(int tag) {
        byte[] value = values.get(tag);
        return value == null ? "" : text(value);
    }

    /** An unsigned number of 16 bits that has to be there. */
    int number(int tag, String name) {
        byte[] value = values.get(tag);
        if (value == null || value.length < 2) {
            throw new ImageFormatException(name + ": expected a number, found none");
        }
        return (value[0] & 0xff) | (value[1] & 0xff) << 8;
    }

    /** An unsigned number of 16 bits. */
    int number(int tag, String name, int otherwise) {
        return values.containsKey(tag) ? number(tag, name) : otherwise;
    }

    /** The first of the decimal numbers in a text; {@code otherwise} if there is none. */
    double decimal(int tag, String name, double otherwise) {
        String text = text(tag);
        String first =
                text.contains("\\") ? text.substring(0, text.indexOf('\\')).strip() : text;
        if (first.isEmpty()) {
            return otherwise;
        }
        try {
            double number = first.length() > 16 ? Double.NaN : Double.parseDouble(first);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ImageFormatException(
                name + ": expected a decimal number of at most 16 characters, found another value");
    }
}
