package io.synthray.imaging.mask;

import java.util.Locale;
import java.util.regex.Pattern;

/** Sides of the body as names and texts in English have them: the words left and right. */
public final class Laterality {
    private static final Pattern SIDE =
            Pattern.compile("(?<!\\p{L})(left|right)(?!\\p{L})", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private Laterality() {}

    /**
     * A name or a text as it holds for the mirrored body: {@code left} and {@code right} exchanged wherever they are words of their own, or
     * parts between hyphens, underscores and the like. Capitals stay where they are, whole words in them too. Other words that imply a side, such
     * as {@code dextrocardia}, stay.
     */
    public static String mirrored(String text) {
        return SIDE.matcher(text).replaceAll(side -> other(side.group()));
    }

    private static String other(String side) {
        String other = side.equalsIgnoreCase("left") ? "right" : "left";
        if (side.equals(side.toUpperCase(Locale.ROOT))) {
            return other.toUpperCase(Locale.ROOT);
        }
        boolean capital = Character.isUpperCase(side.charAt(0));
        return capital ? other.substring(0, 1).toUpperCase(Locale.ROOT) + other.substring(1) : other;
    }
}
