package io.synthray.statistics.sequential;

import io.synthray.statistics.StudentT;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * The one-tailed t-test of a planned number of repeats N, sequentialised (N. W. Koning and S. van Meer, Sequentializing a Test: Anytime
 * Validity is Free, arXiv 2501.03982): after n repeats its value is the probability that the t-test at N will reject, given the differences so
 * far and a mean of zero. It starts at the level, is a martingale at a mean of zero and a supermartingale below, and at N it
 * is 1 where the t-test rejects and else 0: the t-test itself. So its expectation at any stopping time is at most the level, and it
 * exceeds a bound with probability level / bound at most (Ville's inequality).
 *
 * <p>Under the hypothesis the direction of all N differences is uniform on the sphere, whatever their variance. Given the first n, the
 * share of the sum of squares that is theirs is sin^2(x) with density proportional to sin^(n-1) cos^(N-n-1), and the sum of the rest is
 * sqrt(N - n) cos(x) times a coordinate of a uniform direction, whose tail is Student's with N - n - 1 degrees of freedom. That leaves one
 * integral, over x. docs/statistics.md derives it.
 *
 * @param planned N, 2 or more
 * @param level of the t-test at N, above 0 and below 1
 */
public record SequentialTTest(int planned, double level) {
    /** @throws IllegalArgumentException for a number or a level out of range */
    public SequentialTTest {
        if (planned < 2) {
            throw new IllegalArgumentException(planned + " planned repeats: expected 2 or more");
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level " + level + ": expected above 0 and below 1");
        }
    }

    /**
     * Probability, at a mean of zero and given these differences, that the t-test of N differences rejects; the level without any, 0 or 1 at
     * N. Where all N differences are equal and above zero it is 1, the limit of ever smaller spread.
     *
     * @param differences of the repeats so far, at most N, finite
     * @param margin 0 for superiority, more for non-inferiority
     */
    public double conditionalRejection(List<Double> differences, double margin) {
        if (differences.size() > planned) {
            throw new IllegalArgumentException(
                    "%d differences: expected at most the %d planned".formatted(differences.size(), planned));
        }
        return differences.isEmpty() ? level : conditionalRejection(Moments.of(differences, margin));
    }

    double conditionalRejection(Moments moments) {
        double s = moments.direction();
        return moments.n() == planned ? last(moments) : new Prefix(moments.n(), s, bound()).rejection();
    }

    private double last(Moments moments) {
        double standardError = Math.sqrt(moments.centred() / (planned - 1) / planned);
        double t = standardError > 0 ? moments.mean() / standardError : moments.mean() * Double.POSITIVE_INFINITY;
        return !Double.isNaN(t) && new StudentT(planned - 1).upperTail(t) <= level ? 1 : 0;
    }

    /** The t-test rejects where sum / sqrt(sum of squares) of all N exceeds this. */
    private double bound() {
        double critical = new StudentT(planned - 1).critical(level);
        return critical * Math.sqrt(planned / (critical * critical + planned - 1));
    }

    /** The integral for n known differences of direction s. */
    private final class Prefix {
        private final int n;
        private final int left;
        private final double s;
        private final double bound;
        private final double norm;

        Prefix(int n, double s, double bound) {
            this.n = n;
            this.left = planned - n;
            this.s = s;
            this.bound = bound;
            this.norm =
                    Math.log(2) + Gamma.logGamma(planned / 2.0) - Gamma.logGamma(n / 2.0) - Gamma.logGamma(left / 2.0);
        }

        double rejection() {
            double[] pieces = pieces();
            double sum = 0;
            for (int i = 1; i < pieces.length; i++) {
                sum += Quadrature.integrate(this::integrand, pieces[i - 1], pieces[i]);
            }
            return Math.min(1, Math.max(0, sum));
        }

        private double integrand(double x) {
            double log = norm + (n - 1) * Math.log(Math.sin(x)) + (left - 1) * Math.log(Math.cos(x));
            return Math.exp(log) * tail((bound - s * Math.sin(x)) / (Math.sqrt(left) * Math.cos(x)));
        }

        /** P(W > z) of a coordinate W of a direction that is uniform on the sphere in as many dimensions as repeats are left. */
        private double tail(double z) {
            if (z >= 1) {
                return 0;
            }
            if (z < -1) {
                return 1;
            }
            return left == 1 ? 0.5 : new StudentT(left - 1).upperTail(z * Math.sqrt((left - 1) / ((1 - z) * (1 + z))));
        }

        /** 0 to pi/2, cut where the tail ceases to be 0 or 1: s sin(x) +- sqrt(left) cos(x) = bound. */
        private double[] pieces() {
            double radius = Math.hypot(s, Math.sqrt(left));
            double[] cuts = new double[6];
            int count = 0;
            cuts[count++] = 0;
            cuts[count++] = Math.PI / 2;
            if (Math.abs(bound) < radius) {
                double spread = Math.acos(bound / radius);
                for (double sign : new double[] {1, -1}) {
                    double middle = Math.atan2(s, sign * Math.sqrt(left));
                    for (double cut : new double[] {middle - spread, middle + spread}) {
                        if (cut > 0 && cut < Math.PI / 2) {
                            cuts[count++] = cut;
                        }
                    }
                }
            }
            double[] pieces = Arrays.copyOf(cuts, count);
            Arrays.sort(pieces);
            return pieces;
        }
    }
}
