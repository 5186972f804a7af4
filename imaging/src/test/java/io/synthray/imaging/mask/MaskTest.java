package io.synthray.imaging.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.image.GreySamples;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.Png;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskTest {

    private static final Mask MASK = Mask.of(
            3,
            2,
            Map.of(
                    Structures.LEFT_LUNG,
                    Plane.of(3, 2, (x, y) -> true),
                    Structures.HEART,
                    Plane.of(3, 2, (x, y) -> y == 0 && x > 0)));

    @Test
    void hashIsThatOfTheCanonicalForm() {
        // Expected value by Python's hashlib over "synthray-mask 1\n3 2\nheart 1,2,3\nleft-lung 0,6\n".
        assertEquals("dea433b5ec2447c4b070d66668636dfa2806245b3b8629a9f7d63b724cd4cafc", MASK.sha256());
    }

    @Test
    void absentStructureIsNotAnEmptyOne() {
        Mask empty = Mask.of(3, 2, Map.of(Structures.HEART, Plane.of(3, 2, (x, y) -> false)));
        assertTrue(empty.plane(Structures.HEART).isPresent());
        assertTrue(empty.plane(Structures.LEFT_LUNG).isEmpty());
    }

    @Test
    void planesMustFit() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Mask.of(2, 2, Map.of("heart", Plane.of(3, 2, (x, y) -> true))));
        assertEquals("heart: expected a plane of 2 x 2, found 3 x 2", e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Mask.of(2, 2, Map.of("Left Lung", Plane.of(2, 2, (x, y) -> true))));
    }

    @Test
    void bitSetPngKeepsOverlap() {
        Mask decoded = BitSetPng.decode(BitSetPng.encode(MASK), "mask");
        assertEquals(Structures.DRAWN.size(), decoded.planes().size());
        assertEquals(MASK.plane("heart"), decoded.plane("heart"));
        assertEquals(MASK.plane("left-lung"), decoded.plane("left-lung"));
        assertEquals(0, decoded.plane("right-lung").orElseThrow().area());
    }

    @Test
    void unknownBitsAreRefused() {
        byte[] png = Png.encode(new GreySamples(2, 1, new byte[] {3, 64}), Map.of());
        ImageFormatException e =
                assertThrows(ImageFormatException.class, () -> BitSetPng.decode(png, "m.png", Structures.BIT_SET));
        assertTrue(
                e.getMessage().startsWith("m.png: expected a bit set of 0 to 31")
                        && e.getMessage().endsWith("found 64 at column 1, row 0"),
                e.getMessage());
        assertEquals(
                List.of("a", "b"),
                List.copyOf(BitSetPng.decode(
                                Png.encode(new GreySamples(1, 1, new byte[] {3}), Map.of()), "m", List.of("b", "a"))
                        .planes()
                        .keySet()));
    }

    @Test
    void shrinkingGoesByMajorityAndGrowingByNearest() {
        Plane plane = Plane.of(4, 4, (x, y) -> x < 2 || (x == 2 && y < 2));
        Plane small = plane.resize(2, 2);
        assertTrue(small.at(0, 0) && small.at(0, 1) && small.at(1, 0));
        assertEquals(3, small.area());
        assertEquals(3 * 16, small.resize(8, 8).area());
    }

    @Test
    void mirroredExchangesSides() {
        assertEquals("right-lung", Structures.mirrored("left-lung"));
        assertEquals("left-clavicle", Structures.mirrored("right-clavicle"));
        assertEquals("heart", Structures.mirrored("heart"));
        assertEquals("upper-right-lobe", Structures.mirrored("upper-left-lobe"));
    }

    @Test
    void textsOfAMirroredBodyHaveSidesExchanged() {
        assertEquals(
                "Right pleural effusion, LEFT nodule; left-sided tube (right).",
                Laterality.mirrored("Left pleural effusion, RIGHT nodule; right-sided tube (left)."));
        assertEquals("effusion_right", Laterality.mirrored("effusion_left"));
        String without = "cleft, leftover, upright, bright frontal chest radiograph";
        assertEquals(without, Laterality.mirrored(without));
        String twice = "left right Left RIGHT";
        assertEquals(twice, Laterality.mirrored(Laterality.mirrored(twice)));
    }
}
