package io.synthray.producer.report;

import java.util.Locale;

/** Numbers as people read them; the same digits in table, page and plot. */
public final class Numbers {
    /** What stands where there is no number. */
    public static final String NONE = "-";

    private static final double SMALLEST_P = 0.0001;

    private Numbers() {}

    /** A difference: sign and four decimals. */
    public static String signed(Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%+.4f", value + 0.0);
    }

    /** A metric: four decimals. */
    public static String metric(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** A statistic: three decimals. */
    public static String statistic(Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%.3f", value);
    }

    /** A probability: four decimals, never 0. */
    public static String p(Double value) {
        if (value == null) {
            return NONE;
        }
        return value < SMALLEST_P ? "<0.0001" : String.format(Locale.ROOT, "%.4f", value);
    }

    /** An e-value: four digits. */
    public static String evidence(Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%.4g", value);
    }

    /** An interval in brackets. */
    public static String interval(Double low, Double high) {
        return low == null || high == null ? NONE : "[" + signed(low) + ", " + signed(high) + "]";
    }

    /** A setting without needless digits. */
    public static String plain(double value) {
        return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** {@code 1 image}, {@code 2 images}. */
    public static String count(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }
}
