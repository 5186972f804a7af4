package io.synthray.fidelity;

import java.util.List;
import java.util.Optional;

/**
 * Precision and recall (Kynkaanniemi et al., arXiv 1904.06991), density and coverage (Naeem et al., arXiv 2002.09797) with
 * {@value #K} nearest neighbours. A ball is open, as in the authors' package prdc.
 *
 * @param precision share of synthetic images in a ball of a real one
 * @param recall share of real images in a ball of a synthetic one
 * @param density mean number of real images' balls that a synthetic image lies in, divided by {@value #K}
 * @param coverage share of real images whose ball has a synthetic image in it
 */
public record Neighbourhoods(Estimate precision, Estimate recall, Estimate density, Estimate coverage) {
    /** Neighbours that make a ball. */
    public static final int K = 5;

    /** Of two samples; empty where one has not more than {@value #K} images. */
    public static Optional<Neighbourhoods> of(List<short[]> synthetic, List<short[]> real) {
        if (synthetic.size() <= K || real.size() <= K) {
            return Optional.empty();
        }
        long[] realRadii = SquaredDistances.radii(real, K);
        long[] syntheticRadii = SquaredDistances.radii(synthetic, K);
        int[] balls = new int[synthetic.size()];
        boolean[] recalled = new boolean[real.size()];
        boolean[] covered = new boolean[real.size()];
        for (int s = 0; s < balls.length; s++) {
            for (int r = 0; r < recalled.length; r++) {
                long distance = SquaredDistances.between(synthetic.get(s), real.get(r));
                balls[s] += distance < realRadii[r] ? 1 : 0;
                recalled[r] |= distance < syntheticRadii[s];
                covered[r] |= distance < realRadii[r];
            }
        }
        int inside = 0;
        for (int count : balls) {
            inside += count > 0 ? 1 : 0;
        }
        return Optional.of(new Neighbourhoods(
                Estimate.share(inside, balls.length),
                Estimate.share(count(recalled), recalled.length),
                Estimate.mean(balls, K),
                Estimate.share(count(covered), covered.length)));
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
