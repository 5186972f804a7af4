package io.synthray.fidelity;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Frechet distance of two Gaussians (Dowson and Landau, J. Multivariate Analysis 12, 1982; as the Frechet inception distance in
 * Heusel et al., arXiv 1706.08500): {@code |m1 - m2|^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2)}.
 */
public final class FrechetDistance {
    /** Images a feature that both sides need: the estimate is biased upwards below. */
    public static final int IMAGES_A_FEATURE = 10;

    private FrechetDistance() {}

    /**
     * The distance; empty where a side has fewer than {@value #IMAGES_A_FEATURE} images a feature.
     *
     * @throws IllegalArgumentException for different numbers of features
     */
    public static OptionalDouble between(Moments one, Moments other) {
        if (one.dimension() != other.dimension()) {
            throw new IllegalArgumentException("moments: expected %d features on both sides, found %d"
                    .formatted(one.dimension(), other.dimension()));
        }
        long needed = (long) IMAGES_A_FEATURE * one.dimension();
        if (one.count() < needed || other.count() < needed) {
            return OptionalDouble.empty();
        }
        double means = 0;
        double[] m1 = one.mean();
        double[] m2 = other.mean();
        for (int i = 0; i < m1.length; i++) {
            means += (m1[i] - m2[i]) * (m1[i] - m2[i]);
        }
        RealMatrix s1 = new Array2DRowRealMatrix(one.covariance(), false);
        RealMatrix s2 = new Array2DRowRealMatrix(other.covariance(), false);
        // With S = A A', the eigenvalues of S1 S2 are the squared singular values of A1' A2; no root of a small,
        // rounded
        // eigenvalue is taken this way.
        double[] roots =
                new SingularValueDecomposition(factor(s1).transpose().multiply(factor(s2))).getSingularValues();
        return OptionalDouble.of(
                means + s1.getTrace() + s2.getTrace() - 2 * Arrays.stream(roots).sum());
    }

    private static RealMatrix factor(RealMatrix covariance) {
        EigenDecomposition eigen = new EigenDecomposition(covariance);
        RealMatrix vectors = eigen.getV().copy();
        double[] values = eigen.getRealEigenvalues();
        for (int column = 0; column < values.length; column++) {
            double root = Math.sqrt(Math.max(0, values[column]));
            for (int row = 0; row < values.length; row++) {
                vectors.multiplyEntry(row, column, root);
            }
        }
        return vectors;
    }
}
