package io.synthray.fidelity;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Count, sums and sums of products of quantised features: integers, so exact in any order up to 2^33 images. Mean and covariance
 * come out of them correctly rounded.
 */
public final class Moments {
    private final int dimension;
    private final long[] sums;
    private final long[] products;
    private long count;

    /** Of no image. */
    public Moments(int dimension) {
        this(dimension, 0, new long[dimension], new long[products(dimension)]);
    }

    /**
     * As they were kept.
     *
     * @param count images, 0 or more
     * @param sums one a feature; kept, not copied
     * @param products {@link #products(int)} of them, row by row from the diagonal on; kept, not copied
     */
    public Moments(int dimension, long count, long[] sums, long[] products) {
        if (sums.length != dimension || products.length != products(dimension)) {
            throw new IllegalArgumentException(
                    "moments of %d features: expected %d sums and %d products, found %d and %d"
                            .formatted(dimension, dimension, products(dimension), sums.length, products.length));
        }
        this.dimension = dimension;
        this.count = count;
        this.sums = sums;
        this.products = products;
    }

    /** Number of products of so many features: d (d + 1) / 2. */
    public static int products(int dimension) {
        return dimension * (dimension + 1) / 2;
    }

    /** Adds an image. */
    public void add(short[] steps) {
        if (steps.length != dimension) {
            throw new IllegalArgumentException(
                    "embedding: expected %d features, found %d".formatted(dimension, steps.length));
        }
        count++;
        int at = 0;
        for (int i = 0; i < dimension; i++) {
            long value = steps[i];
            sums[i] += value;
            for (int j = i; j < dimension; j++) {
                products[at++] += value * steps[j];
            }
        }
    }

    /** Features of an image. */
    public int dimension() {
        return dimension;
    }

    /** Images. */
    public long count() {
        return count;
    }

    /** A copy of the sums. */
    public long[] sums() {
        return sums.clone();
    }

    /** A copy of some products, for a block of a store. */
    public long[] products(int from, int to) {
        return Arrays.copyOfRange(products, from, to);
    }

    /** Mean of each feature, in units of the embedding; 1 image or more. */
    public double[] mean() {
        return Arrays.stream(sums)
                .mapToDouble(sum -> (double) sum / count / Quantisation.SCALE)
                .toArray();
    }

    /** Unbiased covariance (divisor n - 1), in units of the embedding; 2 images or more. */
    public double[][] covariance() {
        double[][] covariance = new double[dimension][dimension];
        BigInteger n = BigInteger.valueOf(count);
        double divisor = (double) count * (count - 1) * Quantisation.SCALE * Quantisation.SCALE;
        int at = 0;
        for (int i = 0; i < dimension; i++) {
            for (int j = i; j < dimension; j++) {
                // n * sum(xy) - sum(x) * sum(y) cancels most digits, so it is done in integers of any size.
                BigInteger numerator = n.multiply(BigInteger.valueOf(products[at++]))
                        .subtract(BigInteger.valueOf(sums[i]).multiply(BigInteger.valueOf(sums[j])));
                covariance[i][j] = numerator.doubleValue() / divisor;
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }
}
