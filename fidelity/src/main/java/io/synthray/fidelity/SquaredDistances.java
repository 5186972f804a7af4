package io.synthray.fidelity;

import java.util.Arrays;
import java.util.List;

/** Squared Euclidean distances in steps, exact: no two ties are told apart by rounding. */
final class SquaredDistances {
    private SquaredDistances() {}

    static long between(short[] one, short[] other) {
        long sum = 0;
        for (int i = 0; i < one.length; i++) {
            long difference = one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** Distance of a point to the nearest of the others, 1 or more. */
    static long nearest(short[] point, List<short[]> others) {
        long nearest = Long.MAX_VALUE;
        for (short[] other : others) {
            nearest = Math.min(nearest, between(point, other));
        }
        return nearest;
    }

    /** Each point's distance to its k-th nearest other point. */
    static long[] radii(List<short[]> points, int k) {
        int n = points.size();
        long[][] distances = new long[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                distances[i][j] = between(points.get(i), points.get(j));
                distances[j][i] = distances[i][j];
            }
        }
        // The first of the sorted row is the point itself.
        return Arrays.stream(distances)
                .mapToLong(row -> {
                    Arrays.sort(row);
                    return row[k];
                })
                .toArray();
    }
}
