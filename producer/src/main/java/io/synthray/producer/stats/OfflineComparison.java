package io.synthray.producer.stats;

import io.synthray.statistics.Interval;
import io.synthray.statistics.PairedDifferences;
import io.synthray.statistics.SignFlipTest;
import io.synthray.statistics.sequential.ConfidenceSequence;
import io.synthray.statistics.sequential.EProcess;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An arm against the reference on one metric.
 *
 * @param arm under test
 * @param reference compared with
 * @param metric larger is better
 * @param missing what keeps repeats from pairing, one sentence each; P values of fixed-n tests need every pair
 * @param inOrder differences of the repeats up to the first that is missing: those that may enter a sequential test
 * @param differences of all pairs, by ascending repeat; empty without a pair
 * @param settings what the file does not say
 */
public record OfflineComparison(
        String arm,
        String reference,
        String metric,
        List<String> missing,
        List<Double> inOrder,
        Optional<PairedDifferences> differences,
        OfflineSettings settings) {
    private static final double ERROR = 0.05;

    /** Number of pairs. */
    public int n() {
        return differences.map(PairedDifferences::n).orElse(0);
    }

    /** Two-sided 95% interval of the mean difference. */
    public Optional<Interval> interval() {
        return differences.flatMap(d -> d.interval(ERROR));
    }

    /** Statistic of the paired t-test. */
    public OptionalDouble t() {
        return differences.map(d -> d.t(0)).orElseGet(OptionalDouble::empty);
    }

    /** One-tailed P of the paired t-test; empty while a pair is missing. */
    public OptionalDouble oneTailedP() {
        return complete().map(d -> d.oneTailedP(0)).orElseGet(OptionalDouble::empty);
    }

    /** P of the corrected resampled t-test; empty unless repeats split train and test anew. */
    public OptionalDouble correctedResampledP() {
        return settings.resplit()
                .flatMap(split -> complete().map(d -> d.correctedResampledP(0, split.train(), split.test())))
                .orElseGet(OptionalDouble::empty);
    }

    /** Sign-flip test; empty while a pair is missing and above its largest number of pairs. */
    public Optional<SignFlipTest> signFlip() {
        return complete().flatMap(d -> SignFlipTest.of(d, 0));
    }

    /** e-value of the open-ended one-sided t-test, at most the largest double; empty where no repeat may enter it. */
    public OptionalDouble eValue() {
        return inOrder.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(
                        Math.exp(new EProcess(settings.priorScale()).logEValue(inOrder, 0)), Double.MAX_VALUE));
    }

    /** Confidence sequence at 1 - alpha as it stands; empty while it is the whole line. */
    public Optional<Interval> sequence() {
        return new ConfidenceSequence(settings.priorScale()).interval(inOrder, settings.alpha());
    }

    private Optional<PairedDifferences> complete() {
        return missing.isEmpty() ? differences : Optional.empty();
    }
}
