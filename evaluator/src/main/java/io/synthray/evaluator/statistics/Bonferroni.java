package io.synthray.evaluator.statistics;

/**
 * Bonferroni's correction: each of m tests is read at alpha / m, which bounds the family-wise error rate by alpha whatever
 * the dependence between the tests (O. J. Dunn, Multiple Comparisons among Means, JASA 56, 1961).
 */
public final class Bonferroni {
    private Bonferroni() {}

    /**
     * {@code min(1, family * p)}.
     *
     * @param p a test's P, 0..1
     * @param family number of tests, 1 or more
     */
    public static double adjust(double p, int family) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("P " + p + ": expected 0..1");
        }
        if (family < 1) {
            throw new IllegalArgumentException("family of " + family + ": expected 1 or more");
        }
        return Math.min(1, family * p);
    }
}
