package io.synthray.statistics.simulation;

import io.synthray.statistics.PairedDifferences;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * What becomes of the paired t-test when every repeat splits one pool of cases anew into train and test: the repeats share cases, so their
 * differences are not independent. Two learners, nearest class mean on one of two exchangeable features each, are equally good over all
 * pools; within a pool chance favours one of them, and the plain test takes that for an effect.
 *
 * @param studies how many pools, 1 or more
 * @param repeats splits of a pool, 2 or more
 * @param alpha level, above 0 and below 1
 * @param seed of the draws
 */
public record ResplitRepeats(int studies, int repeats, double alpha, long seed) {
    private static final int POOL = 200;
    private static final int TEST = 40;
    private static final int FEATURES = 2;
    private static final double SEPARATION = 0.5;

    /** Share of pools in which the plain and the corrected test reject. */
    public List<Rate> rates() {
        RandomGenerator random = new Well19937c(seed);
        int plain = 0;
        int corrected = 0;
        for (int i = 0; i < studies; i++) {
            PairedDifferences d = differences(random);
            plain += below(d.oneTailedP(0));
            corrected += below(d.correctedResampledP(0, POOL - TEST, TEST));
        }
        return List.of(
                new Rate("(plain paired t, train and test split anew in each repeat)", plain, studies, false),
                new Rate("corrected resampled t, the same repeats", corrected, studies, true));
    }

    private int below(OptionalDouble p) {
        return p.isPresent() && p.getAsDouble() < alpha ? 1 : 0;
    }

    private PairedDifferences differences(RandomGenerator random) {
        double[][] features = new double[POOL][FEATURES];
        int[] order = new int[POOL];
        for (int i = 0; i < POOL; i++) {
            order[i] = i;
            for (int f = 0; f < FEATURES; f++) {
                features[i][f] = (positive(i) ? SEPARATION : -SEPARATION) + random.nextGaussian();
            }
        }
        List<Double> differences = new ArrayList<>();
        for (int r = 0; r < repeats; r++) {
            shuffle(order, random);
            differences.add(accuracy(features, order, 0) - accuracy(features, order, 1));
        }
        return new PairedDifferences(differences);
    }

    private static boolean positive(int i) {
        return i % 2 == 0;
    }

    private static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }

    /** The first of the order are the test cases. */
    private static double accuracy(double[][] features, int[] order, int feature) {
        double[] sums = new double[2];
        int[] counts = new int[2];
        for (int k = TEST; k < POOL; k++) {
            int label = positive(order[k]) ? 1 : 0;
            sums[label] += features[order[k]][feature];
            counts[label]++;
        }
        double low = sums[0] / counts[0];
        double high = sums[1] / counts[1];
        int right = 0;
        for (int k = 0; k < TEST; k++) {
            double x = features[order[k]][feature];
            right += Math.abs(x - high) < Math.abs(x - low) == positive(order[k]) ? 1 : 0;
        }
        return (double) right / TEST;
    }
}
