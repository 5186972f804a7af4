package io.synthray.imaging.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.random.CounterRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MaskTransformTest {

    private static final int SIDE = 64;

    /** A bar right of the centre, so that turns and moves can be told from its moments. */
    private static final Mask BAR = Mask.of(
            SIDE, SIDE, Map.of("left-lung", Plane.of(SIDE, SIDE, (x, y) -> x >= 36 && x < 52 && y >= 28 && y < 36)));

    @Test
    void noRangeChangesNothing() {
        assertEquals(BAR, MaskTransform.NONE.apply(BAR, 12345));
    }

    @Test
    void equalSeedsGiveEqualMasks() {
        MaskTransform transform = MaskTransform.within(20, 0.2, 0.1, 10, true);
        assertEquals(transform.apply(BAR, 9), transform.apply(BAR, 9));
    }

    @Test
    void translationMovesTheCentreAsDrawn() {
        MaskTransform transform = MaskTransform.within(0, 0, 0.15, 0, false);
        for (long seed = 0; seed < 20; seed++) {
            CounterRandom random = new CounterRandom(seed, 0);
            random.nextBits();
            random.nextBits();
            double dx = random.uniform(-0.15, 0.15) * SIDE;
            double dy = random.uniform(-0.15, 0.15) * SIDE;
            double[] moved =
                    moments(transform.apply(BAR, seed).plane("left-lung").orElseThrow());
            assertEquals(43.5 + dx, moved[0], 0.51);
            assertEquals(31.5 + dy, moved[1], 0.51);
        }
    }

    @Test
    void rotationTurnsClockwiseAboutTheCentre() {
        MaskTransform transform = MaskTransform.within(30, 0, 0, 0, false);
        for (long seed = 0; seed < 20; seed++) {
            double angle = Math.toRadians(new CounterRandom(seed, 0).uniform(-30, 30));
            double[] turned =
                    moments(transform.apply(BAR, seed).plane("left-lung").orElseThrow());
            // A pixel is taken whole or not at all, so a centre can be off by half a pixel.
            assertEquals(31.5 + 12 * Math.cos(angle), turned[0], 0.5);
            assertEquals(31.5 + 12 * Math.sin(angle), turned[1], 0.5);
        }
    }

    @Test
    void scaleChangesTheAreaByItsSquare() {
        MaskTransform transform = MaskTransform.within(0, 0.4, 0, 0, false);
        for (long seed = 0; seed < 20; seed++) {
            CounterRandom random = new CounterRandom(seed, 0);
            random.nextBits();
            double factor = 1 + random.uniform(-0.4, 0.4);
            double area =
                    transform.apply(BAR, seed).plane("left-lung").orElseThrow().area();
            assertEquals(128 * factor * factor, area, 0.16 * 128);
        }
    }

    @Test
    void shearKeepsTheArea() {
        MaskTransform transform = MaskTransform.within(0, 0, 0, 25, false);
        for (long seed = 0; seed < 10; seed++) {
            assertEquals(
                    128,
                    transform.apply(BAR, seed).plane("left-lung").orElseThrow().area(),
                    6);
        }
    }

    @Test
    void halfOfTheMasksAreMirroredWithSidesExchanged() {
        MaskTransform transform = MaskTransform.within(0, 0, 0, 0, true);
        Mask mirrored = Mask.of(
                SIDE,
                SIDE,
                Map.of("right-lung", Plane.of(SIDE, SIDE, (x, y) -> x >= 12 && x < 28 && y >= 28 && y < 36)));
        long count = LongStream.range(0, 200)
                .filter(seed -> {
                    Mask mask = transform.apply(BAR, seed);
                    assertTrue(mask.equals(BAR) || mask.equals(mirrored));
                    return mask.planes().keySet().equals(Set.of("right-lung"));
                })
                .count();
        // Five standard deviations of a binomial count with n = 200 and p = 1/2.
        assertEquals(100, count, 36);
    }

    /** A probability other than 1/2, and with parameters of every other kind drawn before it. */
    @Test
    void tellsWhichMasksAreMirrored() {
        MaskTransform transform = new MaskTransform(
                new Distribution.Normal(0, 5),
                Distribution.within(0.1),
                new Distribution.Choice(List.of(-0.05, 0.0, 0.05)),
                Distribution.fixed(3),
                0.2,
                Optional.empty());
        long count = LongStream.range(0, 500)
                .filter(seed -> {
                    boolean mirrored = transform.mirrors(seed);
                    assertEquals(
                            Set.of(mirrored ? "right-lung" : "left-lung"),
                            transform.apply(BAR, seed).planes().keySet());
                    return mirrored;
                })
                .count();
        // Five standard deviations of a binomial count with n = 500 and p = 0.2.
        assertEquals(100, count, 45);
        assertFalse(MaskTransform.NONE.mirrors(1));
    }

    @Test
    void rangesAreChecked() {
        assertEquals(
                "scale: expected 0 to below 1.0, found 1.0",
                assertThrows(IllegalArgumentException.class, () -> MaskTransform.within(0, 1, 0, 0, false))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> MaskTransform.within(Double.NaN, 0, 0, 0, false));
        assertThrows(IllegalArgumentException.class, () -> MaskTransform.within(0, 0, -0.1, 0, false));
        assertThrows(IllegalArgumentException.class, () -> MaskTransform.within(0, 0, 0, 90, false));
    }

    @Test
    void changesAreComposedInTheirOrder() {
        MaskTransform all = new MaskTransform(
                Distribution.fixed(30),
                Distribution.fixed(-0.2),
                Distribution.fixed(0.1),
                Distribution.fixed(20),
                1,
                Optional.empty());
        double[] found = moments(all.apply(BAR, 5).plane("right-lung").orElseThrow());
        // The bar's centre is 12 right of the middle and on its row: scaled, sheared (no change on that row), turned,
        // moved, mirrored.
        double x = 12 * 0.8 * Math.cos(Math.toRadians(30)) + 6.4;
        double y = 12 * 0.8 * Math.sin(Math.toRadians(30)) + 6.4;
        assertEquals(31.5 - x, found[0], 0.5);
        assertEquals(31.5 + y, found[1], 0.5);
    }

    @Test
    void mirroredTwiceIsAsItWas() {
        MaskTransform mirror = new MaskTransform(
                Distribution.NONE, Distribution.NONE, Distribution.NONE, Distribution.NONE, 1, Optional.empty());
        assertEquals(BAR, mirror.apply(mirror.apply(BAR, 1), 2));
    }

    @Test
    void unboundedDrawsAreClamped() {
        MaskTransform wild = new MaskTransform(
                new Distribution.Normal(0, 1e6),
                new Distribution.Normal(0, 1e6),
                new Distribution.Normal(0, 1e6),
                new Distribution.Normal(0, 1e6),
                0,
                Optional.of(new Elastic(new Distribution.Normal(0, 1e3), new Distribution.Normal(0, 3))));
        for (long seed = 0; seed < 20; seed++) {
            assertEquals(wild.apply(BAR, seed), wild.apply(BAR, seed));
        }
    }

    private static double[] moments(Plane plane) {
        double x = 0;
        double y = 0;
        float[] inside = plane.toArray();
        for (int i = 0; i < inside.length; i++) {
            x += inside[i] * (i % SIDE);
            y += inside[i] * (i / SIDE);
        }
        return new double[] {x / plane.area(), y / plane.area()};
    }
}
