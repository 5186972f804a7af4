package io.synthray.statistics.sequential;

import io.synthray.statistics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * Two-sided confidence sequence of a normal mean with unknown variance: intervals that hold the mean at every n at once, with probability
 * 1 - error (H. Wang and A. Ramdas, Anytime-valid t-tests and confidence sequences for Gaussian means with unknown variance, arXiv
 * 2310.03722: the normal mixture of scale-invariant likelihood ratios). It inverts
 *
 * <pre>sqrt(c / (n + c)) * ((n + c) V / ((n + c) V - S^2))^(n/2) &lt; 1 / error,   c = 1 / scale^2</pre>
 *
 * for S and V, sum and sum of squares of (differences - mean).
 *
 * @param priorScale standard deviation of the normal prior on the standardised effect, above 0
 */
public record ConfidenceSequence(double priorScale) {
    /** @throws IllegalArgumentException for a scale that is not finite and above 0 */
    public ConfidenceSequence {
        if (!(priorScale > 0) || Double.isInfinite(priorScale)) {
            throw new IllegalArgumentException("prior scale " + priorScale + ": expected a finite number above 0");
        }
    }

    /**
     * The interval after these differences; empty while it is the whole line, as it always is at one or two.
     *
     * @param differences of the repeats so far, finite
     * @param error chance that any interval of the sequence misses the mean, above 0 and below 1
     */
    public Optional<Interval> interval(List<Double> differences, double error) {
        if (!(error > 0 && error < 1)) {
            throw new IllegalArgumentException("error " + error + ": expected above 0 and below 1");
        }
        return differences.isEmpty() ? Optional.empty() : interval(Moments.of(differences, 0), error);
    }

    private Optional<Interval> interval(Moments moments, double error) {
        int n = moments.n();
        double c = 1 / (priorScale * priorScale);
        double logRoot = (2 * Math.log(error) + Math.log(c / (n + c))) / n;
        double bounded = Math.exp(logRoot) * (n + c) - c;
        if (bounded <= 0) {
            return Optional.empty();
        }
        double half = Math.sqrt(-Math.expm1(logRoot) * (n + c) / bounded * moments.centred() / n);
        return Optional.of(new Interval(moments.mean() - half, moments.mean() + half));
    }
}
