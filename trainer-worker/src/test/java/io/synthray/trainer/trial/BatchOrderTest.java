package io.synthray.trainer.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
    @Property(tries = 200)
    void everyExampleComesAsOftenAsItsShareSays(
            @ForAll @IntRange(min = 1, max = 30) int real,
            @ForAll @IntRange(min = 0, max = 60) int synthetic,
            @ForAll @IntRange(min = 1, max = 9) int batch,
            @ForAll long seed) {
        int steps = 400;
        int[] counts = new int[real + synthetic];
        BatchOrder order = new BatchOrder(real, synthetic, batch, seed);
        for (int step = 0; step < steps; step++) {
            int[] positions = order.at(step);
            assertEquals(batch, positions.length);
            for (int position : positions) {
                counts[position]++;
            }
        }
        int reals = IntStream.range(0, real).map(i -> counts[i]).sum();
        double share = synthetic == 0 ? 1 : Math.max(0.5, (double) real / (real + synthetic));
        assertEquals(steps * batch * share, reals, 1);
        assertEvenly(Arrays.copyOfRange(counts, 0, real));
        assertEvenly(Arrays.copyOfRange(counts, real, counts.length));
    }

    private static void assertEvenly(int[] counts) {
        int least = Arrays.stream(counts).min().orElse(0);
        int most = Arrays.stream(counts).max().orElse(0);
        assertTrue(most - least <= 1, Arrays.toString(counts));
    }

    @Test
    void fewRealImagesFillHalfOfEveryBatch() {
        BatchOrder order = new BatchOrder(8, 100, 8, 1);
        for (int step = 0; step < 50; step++) {
            assertEquals(4, Arrays.stream(order.at(step)).filter(i -> i < 8).count());
        }
    }

    @Test
    void stepsDoNotDependOnThoseAskedForBefore() {
        BatchOrder forwards = new BatchOrder(5, 7, 4, 99);
        BatchOrder backwards = new BatchOrder(5, 7, 4, 99);
        int[][] steps = new int[20][];
        for (int step = 0; step < 20; step++) {
            steps[step] = forwards.at(step);
        }
        for (int step = 19; step >= 0; step--) {
            assertArrayEquals(steps[step], backwards.at(step));
        }
    }

    @Test
    void seedsGiveOrdersOfTheirOwn() {
        assertFalse(Arrays.equals(new BatchOrder(50, 0, 16, 1).at(0), new BatchOrder(50, 0, 16, 2).at(0)));
    }
}
