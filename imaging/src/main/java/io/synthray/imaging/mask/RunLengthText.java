package io.synthray.imaging.mask;

import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.PixelBudget;
import java.util.BitSet;

/**
 * Run-lengths as data sets write them: pairs of numbers, a start and a length each, separated by blanks. {@code -1} stands for a plane
 * without any run; so does text without numbers where the form has no word for it.
 */
public enum RunLengthText {
    /**
     * SIIM-ACR and CANDID-PTX: a start counts from the end of the run before, pixels run down the columns, from the left. ("Relative",
     * and "transposed" for those who think in rows.)
     */
    RELATIVE_COLUMNS(true, true),

    /** CheXmask: a start counts from the top left corner, beginning with 1; pixels run along the rows. */
    ABSOLUTE_ROWS(false, false);

    private static final String NONE = "-1";

    private final boolean relative;
    private final boolean columns;

    RunLengthText(boolean relative, boolean columns) {
        this.relative = relative;
        this.columns = columns;
    }

    /**
     * The plane of a text.
     *
     * @throws ImageFormatException if there is something else than pairs of numbers, or a run is empty, out of order or beyond the plane;
     *     the message says which
     */
    public Plane decode(String text, int width, int height) {
        PixelBudget.require(width, height, 1);
        BitSet bits = new BitSet(width * height);
        walk(text, (long) width * height, (start, end) -> set(bits, start, end, width, height));
        return Plane.ofBits(width, height, bits);
    }

    /**
     * Checks a text without making a plane.
     *
     * @param pixels of the plane that it is for, width times height
     * @throws ImageFormatException as {@link #decode}
     */
    public void requireWithin(String text, long pixels) {
        walk(text, pixels, (start, end) -> {});
    }

    private interface Run {
        void at(int start, int end);
    }

    private void walk(String text, long pixels, Run use) {
        if (isNone(text)) {
            return;
        }
        Numbers numbers = new Numbers(text);
        long end = 0;
        for (int run = 0; numbers.hasNext(); run++) {
            long start = relative ? end + numbers.next() : numbers.next() - 1;
            if (!numbers.hasNext()) {
                throw new ImageFormatException("run " + run + ": expected a length, found the end");
            }
            long length = numbers.next();
            if (start < end || length < 1 || start + length > pixels) {
                throw new ImageFormatException("run " + run + ": expected one after pixel " + end + " within " + pixels
                        + " pixels, found " + length + " from " + start);
            }
            end = start + length;
            use.at((int) start, (int) end);
        }
    }

    private void set(BitSet bits, int start, int end, int width, int height) {
        if (!columns) {
            bits.set(start, end);
            return;
        }
        int x = start / height;
        int y = start % height;
        for (int i = start; i < end; i++) {
            bits.set(y * width + x);
            if (++y == height) {
                y = 0;
                x++;
            }
        }
    }

    /** Whether a text says that there is no run: {@code -1}, or nothing, with or without blanks around. */
    public static boolean isNone(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || stripped.equals(NONE);
    }

    /** The text of a plane, {@code -1} for an empty one. */
    public String encode(Plane plane) {
        BitSet bits = columns ? transposed(plane) : plane.bits();
        StringBuilder text = new StringBuilder();
        int end = 0;
        for (int start = bits.nextSetBit(0); start >= 0; start = bits.nextSetBit(end)) {
            int next = bits.nextClearBit(start);
            text.append(text.isEmpty() ? "" : " ").append(relative ? start - end : start + 1);
            text.append(' ').append(next - start);
            end = next;
        }
        return text.isEmpty() ? NONE : text.toString();
    }

    private static BitSet transposed(Plane plane) {
        int width = plane.width();
        int height = plane.height();
        BitSet columns = new BitSet(width * height);
        plane.bits().stream().forEach(i -> columns.set(i % width * height + i / width));
        return columns;
    }

    /** Reads non-negative numbers of a text one by one, without making a string of each. */
    private static final class Numbers {

        private static final long LARGEST = Integer.MAX_VALUE;

        private final String text;
        private int at;

        Numbers(String text) {
            this.text = text;
        }

        boolean hasNext() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length();
        }

        long next() {
            int begin = at;
            long number = 0;
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                int digit = text.charAt(at) - '0';
                number = number * 10 + digit;
                if (digit < 0 || digit > 9 || number > LARGEST) {
                    throw new ImageFormatException("character " + (begin + 1)
                            + ": expected a number of at most 2147483647 in digits, found something else");
                }
                at++;
            }
            return number;
        }
    }
}
