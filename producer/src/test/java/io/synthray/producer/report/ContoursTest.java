package io.synthray.producer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.mask.Plane;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ContoursTest {
    private static final Pattern POINT = Pattern.compile("([ML])([0-9.]+) ([0-9.]+)");

    @Test
    void cutsTheCornersOfAPixel() {
        assertEquals("M1.5 1L2 1.5L1.5 2L1 1.5Z", Contours.path(Plane.of(3, 3, (x, y) -> x == 1 && y == 1)));
        assertEquals("", Contours.path(Plane.of(3, 3, (x, y) -> false)));
    }

    /**
     * The signed area of the lines (shoelace formula) is that of the pixels, but for an eighth of a pixel at each corner; holes count
     * against it.
     */
    @Property(tries = 200)
    void enclosesWhatIsInside(@ForAll long seed) {
        Random random = new Random(seed);
        int side = 1 + random.nextInt(12);
        double density = random.nextDouble();
        boolean[] inside = new boolean[side * side];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = random.nextDouble() < density;
        }
        Plane plane = Plane.of(side, side, (x, y) -> inside[y * side + x]);
        String path = Contours.path(plane);
        assertEquals(
                path.chars().filter(c -> c == 'M').count(),
                path.chars().filter(c -> c == 'Z').count());
        long edges = POINT.matcher(path).results().count();
        assertTrue(Math.abs(area(path) - plane.area()) <= edges / 8.0 + 1e-9, path);
    }

    private static double area(String path) {
        double area = 0;
        for (String loop : path.split("Z", -1)) {
            double[] xs = new double[4096];
            double[] ys = new double[4096];
            int n = 0;
            Matcher matcher = POINT.matcher(loop);
            while (matcher.find()) {
                xs[n] = Double.parseDouble(matcher.group(2));
                ys[n++] = Double.parseDouble(matcher.group(3));
            }
            for (int i = 0; i < n; i++) {
                int j = (i + 1) % n;
                area += (xs[i] * ys[j] - xs[j] * ys[i]) / 2;
            }
        }
        return area;
    }
}
