package io.synthray.producer.stats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synthray.producer.report.Numbers;
import io.synthray.producer.report.TextTable;
import io.synthray.statistics.Correction;
import io.synthray.statistics.Interval;
import io.synthray.statistics.PairedDifferences;
import io.synthray.statistics.PublishedResult;
import io.synthray.statistics.SignFlipTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Offline statistics as JSON with every digit, and as a table for people. */
public final class OfflineOutput {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OfflineOutput() {}

    /** An array with an object for each comparison; what there is not is null. */
    public static String json(OfflineStatistics statistics) {
        ArrayNode array = JSON.createArrayNode();
        for (int i = 0; i < statistics.comparisons().size(); i++) {
            OfflineComparison c = statistics.comparisons().get(i);
            ObjectNode node = array.addObject();
            node.put("arm", c.arm())
                    .put("reference", c.reference())
                    .put("metric", c.metric())
                    .put("n", c.n())
                    .put("mean_difference", mean(c))
                    .put("ci_low", low(c.interval()))
                    .put("ci_high", high(c.interval()))
                    .put("t", boxed(c.t()))
                    .put("df", c.n() < 2 ? null : (Integer) (c.n() - 1))
                    .put("p_one_tailed", boxed(c.oneTailedP()))
                    .put("p_bonferroni", boxed(adjusted(statistics, Correction.BONFERRONI, i)))
                    .put("p_holm", boxed(adjusted(statistics, Correction.HOLM, i)))
                    .put("p_bh", boxed(adjusted(statistics, Correction.BENJAMINI_HOCHBERG, i)))
                    .put("p_corrected_resampled", boxed(c.correctedResampledP()))
                    .put("p_sign_flip", c.signFlip().map(SignFlipTest::p).orElse(null))
                    .put("e_value", boxed(c.eValue()))
                    .put("cs_low", low(c.sequence()))
                    .put("cs_high", high(c.sequence()));
        }
        return write(array);
    }

    /** An object with what a published result implies. */
    public static String json(PublishedResult result, double alpha) {
        return write(JSON.createObjectNode()
                .put("n", result.pairs())
                .put("mean_difference", result.mean())
                .put("ci_low", result.interval().low())
                .put("ci_high", result.interval().high())
                .put("standard_error", result.standardError())
                .put("t", result.t())
                .put("df", result.degreesOfFreedom())
                .put("p_one_tailed", result.oneTailedP())
                .put("adjusted", false)
                .put("alpha", alpha)
                .put("largest_family_bonferroni", result.largestFamily(alpha)));
    }

    private static String write(com.fasterxml.jackson.databind.JsonNode node) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    /** A table and the notes that belong to it. */
    public static List<String> lines(OfflineStatistics statistics, double alpha) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "comparison",
                "metric",
                "n",
                "difference",
                "95% interval",
                "t",
                "df",
                "P",
                "Bonferroni",
                "Holm",
                "BH",
                "resampled",
                "sign flips",
                "e-value",
                "confidence sequence"));
        for (int i = 0; i < statistics.comparisons().size(); i++) {
            rows.add(row(statistics, i));
        }
        List<String> lines = new ArrayList<>(TextTable.lines(rows, Set.of(0, 1)));
        lines.add("");
        int family = statistics.comparisons().size();
        lines.add("P: one-tailed paired t-test of these repeats; corrected for %s; alpha %s."
                .formatted(Numbers.count(family, "comparison"), Numbers.plain(alpha)));
        lines.add(
                "An e-value rejects at %s or more, at whatever repeat it is read; the P values hold for a number of repeats fixed beforehand."
                        .formatted(Numbers.evidence(family / alpha)));
        incomplete(statistics).ifPresent(lines::add);
        statistics.comparisons().stream()
                .map(OfflineComparison::signFlip)
                .flatMap(Optional::stream)
                .mapToDouble(SignFlipTest::floor)
                .max()
                .ifPresent(floor -> lines.add(
                        "Sign flips: no data of so few pairs can give a P below " + Numbers.plain(floor) + "."));
        return lines;
    }

    private static Optional<String> incomplete(OfflineStatistics statistics) {
        List<String> which = statistics.comparisons().stream()
                .filter(c -> !c.missing().isEmpty())
                .map(c -> "%s on %s".formatted(subject(c), c.metric()))
                .toList();
        return which.isEmpty()
                ? Optional.empty()
                : Optional.of("Incomplete, so without P, but counted in the correction: %s."
                        .formatted(String.join("; ", which)));
    }

    private static String subject(OfflineComparison c) {
        return c.arm() + " - " + c.reference();
    }

    private static List<String> row(OfflineStatistics statistics, int i) {
        OfflineComparison c = statistics.comparisons().get(i);
        return List.of(
                subject(c),
                c.metric(),
                Integer.toString(c.n()),
                Numbers.signed(mean(c)),
                Numbers.interval(low(c.interval()), high(c.interval())),
                Numbers.statistic(boxed(c.t())),
                c.n() < 2 ? Numbers.NONE : Integer.toString(c.n() - 1),
                Numbers.p(boxed(c.oneTailedP())),
                Numbers.p(boxed(adjusted(statistics, Correction.BONFERRONI, i))),
                Numbers.p(boxed(adjusted(statistics, Correction.HOLM, i))),
                Numbers.p(boxed(adjusted(statistics, Correction.BENJAMINI_HOCHBERG, i))),
                Numbers.p(boxed(c.correctedResampledP())),
                Numbers.p(c.signFlip().map(SignFlipTest::p).orElse(null)),
                Numbers.evidence(boxed(c.eValue())),
                Numbers.interval(low(c.sequence()), high(c.sequence())));
    }

    /** What a published result implies, in sentences. */
    public static List<String> lines(PublishedResult result, double alpha) {
        long family = result.largestFamily(alpha);
        String survival =
                switch ((int) Math.min(family, 2)) {
                    case 0 -> "It is not below %s even alone.".formatted(Numbers.plain(alpha));
                    case 1 ->
                        "It is below %s alone, and in no family of more comparisons after Bonferroni's correction."
                                .formatted(Numbers.plain(alpha));
                    default ->
                        "After Bonferroni's correction it stays below %s in a family of up to %s."
                                .formatted(Numbers.plain(alpha), Numbers.count(family, "comparison"));
                };
        return List.of(
                "mean difference %s, 95%% interval %s to %s, %d pairs"
                        .formatted(
                                result.mean(),
                                result.interval().low(),
                                result.interval().high(),
                                result.pairs()),
                "t = %s, df = %d, P = %s".formatted(result.t(), result.degreesOfFreedom(), result.oneTailedP()),
                "This P is one-tailed and unadjusted: it knows of no other comparison. " + survival);
    }

    private static Double mean(OfflineComparison c) {
        return c.differences().map(PairedDifferences::mean).orElse(null);
    }

    private static OptionalDouble adjusted(OfflineStatistics statistics, Correction correction, int i) {
        return statistics.adjusted().get(correction).get(i);
    }

    private static Double low(Optional<Interval> interval) {
        return interval.map(Interval::low).orElse(null);
    }

    private static Double high(Optional<Interval> interval) {
        return interval.map(Interval::high).orElse(null);
    }

    private static Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
