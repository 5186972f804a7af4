package io.synthray.trainer.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.trainer.data.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        BatchOrder order = mixed(real, synthetic, batch, seed);
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
        BatchOrder order = mixed(8, 100, 8, 1);
        for (int step = 0; step < 50; step++) {
            assertEquals(4, Arrays.stream(order.at(step)).filter(i -> i < 8).count());
        }
    }

    @Test
    void stepsDoNotDependOnThoseAskedForBefore() {
        BatchOrder forwards = mixed(5, 7, 4, 99);
        BatchOrder backwards = mixed(5, 7, 4, 99);
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
        assertFalse(Arrays.equals(mixed(50, 0, 16, 1).at(0), mixed(50, 0, 16, 2).at(0)));
    }

    private static BatchOrder mixed(int real, int synthetic, int batch, long seed) {
        RealPart part = RealPart.share(BatchOrder.usualShare(real, synthetic), batch);
        return new BatchOrder(part, RareFirst.alike(real), real, synthetic, batch, seed);
    }

    @Test
    void syntheticImagesComeFirstOrAlone() {
        BatchOrder first = new BatchOrder(RealPart.after(3, 4), RareFirst.alike(5), 5, 6, 4, 1);
        BatchOrder alone = new BatchOrder(RealPart.none(), RareFirst.alike(5), 5, 6, 4, 1);
        for (int step = 0; step < 8; step++) {
            boolean later = step >= 3;
            assertTrue(Arrays.stream(first.at(step)).allMatch(i -> i < 5 == later), "step " + step);
            assertTrue(Arrays.stream(alone.at(step)).allMatch(i -> i >= 5), "step " + step);
        }
    }

    @Test
    void rareExamplesComeMoreOften() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            examples.add(new Example(new float[0], new float[0][], new float[] {i < 6 ? 1 : 0, i == 7 ? 1 : 0}));
        }
        // Six of the first class, one of the second, one of neither.
        int[] draws = RareFirst.draws(examples, 2);
        assertEquals(6, Arrays.stream(draws).filter(i -> i == 7).count());
        assertEquals(6, Arrays.stream(draws).filter(i -> i == 6).count());
        assertEquals(6, Arrays.stream(draws).filter(i -> i < 6).count());
    }
}
