package io.synthray.imaging.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.image.ImageFormatException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Every form of run-lengths and boxes comes back from its plane. */
class TextCodecsPropertyTest {

    @Property(tries = 300)
    void runLengthsComeBack(
            @ForAll RunLengthText form,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 0, max = 4) int density,
            @ForAll long seed) {
        Random random = new Random(seed);
        Plane plane = Plane.of(width, height, (x, y) -> random.nextInt(4) < density);
        String text = form.encode(plane);
        assertEquals(plane, form.decode(text, width, height));
        assertEquals(plane, form.decode("  " + text.replace(" ", " \t ") + " ", width, height));
        form.requireWithin(text, (long) width * height);
    }

    @Property(tries = 200)
    void boxesComeBack(
            @ForAll @IntRange(min = 0, max = 20) int x,
            @ForAll @IntRange(min = 0, max = 20) int y,
            @ForAll @IntRange(min = 1, max = 20) int width,
            @ForAll @IntRange(min = 1, max = 20) int height) {
        Box box = new Box(x, y, width, height);
        Plane plane = Box.plane(List.of(box), 40, 40);
        assertEquals(width * height, plane.area());
        assertEquals(box, Box.around(plane).orElseThrow());
    }

    @Property(tries = 200)
    void packedBitsComeBack(
            @ForAll @IntRange(min = 1, max = 30) int width,
            @ForAll @IntRange(min = 1, max = 30) int height,
            @ForAll long seed) {
        Random random = new Random(seed);
        Plane plane = Plane.of(width, height, (x, y) -> random.nextBoolean());
        assertEquals(plane, Plane.ofPackedBits(width, height, plane.toPackedBits()));
    }

    /** 3 x 2 pixels; down the columns they are (0,0) (0,1) (1,0) (1,1) (2,0) (2,1). */
    @Example
    void formsCountAsTheirDataSetsDo() {
        Plane columns = RunLengthText.RELATIVE_COLUMNS.decode("1 2 1 1", 3, 2);
        assertTrue(columns.at(0, 1) && columns.at(1, 0) && columns.at(2, 0));
        assertEquals(3, columns.area());
        Plane rows = RunLengthText.ABSOLUTE_ROWS.decode("1 2 6 1", 3, 2);
        assertTrue(rows.at(0, 0) && rows.at(1, 0) && rows.at(2, 1));
        assertEquals(3, rows.area());
        for (String none : List.of("-1", " -1", "", " ")) {
            assertEquals(0, RunLengthText.RELATIVE_COLUMNS.decode(none, 3, 2).area());
        }
    }

    @Example
    void whatIsNoRunIsRefused() {
        assertRefused("1 2 3", "run 1: expected a length, found the end");
        assertRefused("0 7", "run 0: expected one after pixel 0 within 6 pixels, found 7 from 0");
        assertRefused("1 0", "run 0: expected one after pixel 0 within 6 pixels, found 0 from 1");
        assertRefused("1 x", "character 3: expected a number of at most 2147483647 in digits, found something else");
        assertRefused(
                "99999999999 1",
                "character 1: expected a number of at most 2147483647 in digits, found something else");
        ImageFormatException e =
                assertThrows(ImageFormatException.class, () -> RunLengthText.ABSOLUTE_ROWS.decode("3 2 2 1", 3, 2));
        assertEquals("run 1: expected one after pixel 4 within 6 pixels, found 1 from 1", e.reason());
    }

    private static void assertRefused(String text, String reason) {
        ImageFormatException e =
                assertThrows(ImageFormatException.class, () -> RunLengthText.RELATIVE_COLUMNS.decode(text, 3, 2));
        assertEquals(reason, e.reason());
    }

    @Example
    void aBoxBeyondThePlaneIsRefused() {
        assertThrows(ImageFormatException.class, () -> new Box(0, 0, 0, 1));
        assertThrows(ImageFormatException.class, () -> new Box(Double.NaN, 0, 1, 1));
        assertThrows(ImageFormatException.class, () -> Box.plane(List.of(new Box(30, 0, 11, 1)), 40, 40));
        assertEquals(4, Box.plane(List.of(new Box(0.4, 0.4, 2, 2)), 9, 9).area());
    }
}
