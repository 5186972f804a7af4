package io.synthray.imaging.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RunLengthsTest {

    @Property(tries = 300)
    void decodeUndoesEncode(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 0, max = 10) int density,
            @ForAll long seed) {
        Random random = new Random(seed);
        Plane plane = Plane.of(width, height, (x, y) -> random.nextInt(10) < density);
        List<Integer> runs = RunLengths.encode(plane);
        assertEquals(plane, RunLengths.decode(width, height, runs));
        assertEquals(width * height, runs.stream().mapToInt(Integer::intValue).sum());
        assertEquals(runs, RunLengths.encode(RunLengths.decode(width, height, runs)));
    }

    @Property(tries = 300)
    void otherListsDecodeToTheirSizeOrAreRefused(@ForAll List<@IntRange(min = -2, max = 9) Integer> runs) {
        try {
            Plane plane = RunLengths.decode(4, 5, runs);
            assertEquals(20, runs.stream().mapToInt(Integer::intValue).sum());
            assertEquals(runs, RunLengths.encode(plane));
        } catch (IllegalArgumentException e) {
            assertEquals(true, e.getMessage().contains("expected"));
        }
    }

    @Example
    void emptyAndFullPlanes() {
        assertEquals(List.of(4), RunLengths.encode(Plane.of(2, 2, (x, y) -> false)));
        assertEquals(List.of(0, 4), RunLengths.encode(Plane.of(2, 2, (x, y) -> true)));
        assertEquals(List.of(1, 2, 1), RunLengths.encode(Plane.of(2, 2, (x, y) -> x != y)));
    }

    @Example
    void errorsSayWhatIsWrong() {
        assertEquals(
                "expected runs that add up to 2 x 2 = 4, found 5",
                assertThrows(IllegalArgumentException.class, () -> RunLengths.decode(2, 2, List.of(2, 3)))
                        .getMessage());
        assertEquals(
                "run 1: expected a positive length, found 0",
                assertThrows(IllegalArgumentException.class, () -> RunLengths.decode(2, 2, List.of(2, 0, 2)))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> RunLengths.decode(2, 2, List.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 6)));
    }
}
