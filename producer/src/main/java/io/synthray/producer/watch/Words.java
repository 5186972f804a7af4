package io.synthray.producer.watch;

import java.time.Duration;
import java.util.Locale;

/** Words of progress. */
final class Words {
    private static final int BAR = 24;

    private Words() {}

    /** {@code 1:05} or {@code 2:01:05}. */
    static String clock(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** A bar of a fixed width in ASCII. */
    static String bar(long done, long planned) {
        int full = planned <= 0 ? 0 : (int) (done * BAR / planned);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Text from a topic as one line without control characters, which a terminal would obey. */
    static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
