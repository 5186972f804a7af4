package io.synthray.statistics.sequential;

import io.synthray.statistics.StudentT;
import java.util.List;

/**
 * e-process of the one-sided t-test: likelihood ratio of the differences' direction between a half-normal prior on the standardised effect
 * and an effect of 0, with the right-Haar prior on the scale. It starts at 1, and its expectation at any stopping time is at most 1 for every
 * mean at or below zero and every variance of independent normal differences: at zero it is a martingale in the scale-invariant filtration, and
 * below zero a supermartingale, since it increases with t, whose likelihood ratio is monotone in the effect. So it exceeds
 * m / alpha with probability alpha / m at most, however often it is looked at (Ville's inequality).
 *
 * <p>With s = sum / sqrt(sum of squares), a = n + 1 / scale^2 and Student's distribution function F of n degrees of freedom both integrals
 * are closed:
 *
 * <pre>e = 2 / sqrt(1 + n scale^2) * (1 - s^2 / a)^(-n/2) * F(s sqrt(n) / sqrt(a - s^2))</pre>
 *
 * <p>The factor without F and 2 is the two-sided one of a normal prior (H. Wang and A. Ramdas, arXiv 2310.03722), which is not valid
 * below zero. docs/statistics.md derives it.
 *
 * @param priorScale scale of the half-normal prior on the standardised effect (mean / standard deviation), above 0
 */
public record EProcess(double priorScale) {
    /** @throws IllegalArgumentException for a scale that is not finite and above 0 */
    public EProcess {
        if (!(priorScale > 0) || Double.isInfinite(priorScale)) {
            throw new IllegalArgumentException("prior scale " + priorScale + ": expected a finite number above 0");
        }
    }

    /**
     * Natural logarithm of the e-value after these differences; 0 without any.
     *
     * @param differences all of the repeats so far, finite; their order within is of no importance
     * @param margin 0 for superiority, more for non-inferiority
     */
    public double logEValue(List<Double> differences, double margin) {
        return differences.isEmpty() ? 0 : logEValue(Moments.of(differences, margin));
    }

    double logEValue(Moments moments) {
        int n = moments.n();
        double s = moments.direction();
        double a = n + 1 / (priorScale * priorScale);
        double rest = Math.max(a - s * s, 1 / (priorScale * priorScale));
        double positive = new StudentT(n).logUpperTail(-s * Math.sqrt(n / rest));
        return Math.log(2) - 0.5 * Math.log1p(n * priorScale * priorScale) - 0.5 * n * Math.log(rest / a) + positive;
    }
}
