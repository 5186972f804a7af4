package io.synthray.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Corrections for a family of tests whose size is fixed beforehand. A test without a P (its trials have failed, or are still to come)
 * counts as one of P = 1: the family never shrinks, and a P that comes later can only lower the others' adjusted P.
 */
public enum Correction {
    /**
     * Each of m tests is read at alpha / m, which bounds the family-wise error rate whatever the dependence between the tests
     * (O. J. Dunn, Multiple Comparisons among Means, JASA 56, 1961).
     */
    BONFERRONI {
        @Override
        double raw(double p, int rank, int family) {
            return family * p;
        }
    },

    /**
     * Step-down, never less powerful than Bonferroni under the same conditions (S. Holm, A Simple Sequentially Rejective Multiple Test
     * Procedure, Scandinavian Journal of Statistics 6, 1979).
     */
    HOLM {
        @Override
        double raw(double p, int rank, int family) {
            return (family - rank + 1) * p;
        }
    },

    /**
     * Step-up, bounds the false discovery rate under independence or positive dependence, not the family-wise error rate (Y. Benjamini and
     * Y. Hochberg, Controlling the False Discovery Rate, JRSS B 57, 1995).
     */
    BENJAMINI_HOCHBERG {
        @Override
        double raw(double p, int rank, int family) {
            return family * p / rank;
        }
    };

    /** @param rank 1 for the smallest P of the family */
    abstract double raw(double p, int rank, int family);

    /**
     * Adjusted P values, to be compared with alpha; empty where there is no P.
     *
     * @param family P of every test of the family, 0..1, empty where there is none
     */
    public List<OptionalDouble> adjust(List<OptionalDouble> family) {
        int m = family.size();
        double[] p =
                family.stream().mapToDouble(test -> checked(test.orElse(1))).toArray();
        int[] order = IntStream.range(0, m)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[m];
        for (int rank = 1; rank <= m; rank++) {
            adjusted[rank - 1] = Math.min(1, raw(p[order[rank - 1]], rank, m));
        }
        makeMonotone(adjusted);
        double[] result = new double[m];
        for (int i = 0; i < m; i++) {
            result[order[i]] = adjusted[i];
        }
        return IntStream.range(0, m)
                .mapToObj(i -> family.get(i).isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(result[i]))
                .toList();
    }

    /** A test whose P is larger must not come out with a smaller adjusted P. */
    private void makeMonotone(double[] adjusted) {
        if (this == BENJAMINI_HOCHBERG) {
            for (int i = adjusted.length - 2; i >= 0; i--) {
                adjusted[i] = Math.min(adjusted[i], adjusted[i + 1]);
            }
        } else {
            for (int i = 1; i < adjusted.length; i++) {
                adjusted[i] = Math.max(adjusted[i], adjusted[i - 1]);
            }
        }
    }

    private static double checked(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("P " + p + ": expected 0..1");
        }
        return p;
    }
}
