package io.synthray.imaging.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.random.CounterRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for every change of a mask. */
class TransformPropertyTest {
    private static final int SIDE = 48;
    private static final Mask DISC = Mask.of(
            SIDE, SIDE, Map.of("left-lung", Plane.of(SIDE, SIDE, (x, y) -> Math.hypot(x - 23.5, y - 23.5) < 12)));

    @Property(tries = 100)
    void theSeedDecides(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 180) double rotation,
            @ForAll @DoubleRange(min = 0, max = 0.5) double scale,
            @ForAll @DoubleRange(min = 0, max = 60) double alpha) {
        MaskTransform transform = new MaskTransform(
                Distribution.within(rotation),
                new Distribution.Normal(0, scale),
                new Distribution.Choice(List.of(-0.05, 0.0, 0.05)),
                Distribution.within(10),
                0.5,
                Optional.of(new Elastic(Distribution.fixed(alpha), Distribution.fixed(4))));
        Mask changed = transform.apply(DISC, seed);
        assertEquals(changed, transform.apply(DISC, seed));
        assertTrue(Set.of(Set.of("left-lung"), Set.of("right-lung"))
                .contains(changed.planes().keySet()));
        assertEquals(SIDE, changed.width());
    }

    /** A disc about the centre is the same however it is turned or mirrored. */
    @Property(tries = 100)
    void aDiscHasNoDirection(@ForAll long seed, @ForAll @DoubleRange(min = -180, max = 180) double angle) {
        MaskTransform turn = new MaskTransform(
                Distribution.fixed(angle),
                Distribution.NONE,
                Distribution.NONE,
                Distribution.NONE,
                0.5,
                Optional.empty());
        int area = turn.apply(DISC, seed).planes().values().iterator().next().area();
        int before = DISC.planes().values().iterator().next().area();
        assertEquals(before, area, 0.05 * before);
    }

    @Property(tries = 60)
    void anElasticFieldIsAsWideAsItsParametersSay(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 1, max = 100) double alpha,
            @ForAll @DoubleRange(min = 2, max = 4) double sigma) {
        int side = 96;
        double[][] field = Elastic.field(alpha, sigma, side, side, new CounterRandom(seed, 1));
        double squares = 0;
        int count = 0;
        int border = (int) (4 * sigma) + 1;
        for (double[] axis : field) {
            for (int y = border; y < side - border; y++) {
                for (int x = border; x < side - border; x++) {
                    squares += axis[y * side + x] * axis[y * side + x];
                    count++;
                }
            }
        }
        // 1 / sqrt(3) of the uniform numbers over 2 sqrt(pi) sigma of the Gaussian; about (side / (2 sigma))^2
        // independent places.
        double expected = alpha * 0.163 / sigma;
        assertEquals(expected, Math.sqrt(squares / count), 0.35 * expected);
    }

    @Property(tries = 30)
    void noElasticityIsNone(@ForAll long seed) {
        MaskTransform none = new MaskTransform(
                Distribution.NONE,
                Distribution.NONE,
                Distribution.NONE,
                Distribution.NONE,
                0,
                Optional.of(new Elastic(Distribution.fixed(0), Distribution.fixed(4))));
        assertEquals(DISC, none.apply(DISC, seed));
    }

    @Property(tries = 40)
    void drawsFollowTheirDistribution(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int scale) {
        CounterRandom random = new CounterRandom(seed, 0);
        int n = 2000;
        double uniform = 0;
        double normal = 0;
        double squares = 0;
        int first = 0;
        for (int i = 0; i < n; i++) {
            double u = new Distribution.Uniform(scale, 3.0 * scale).draw(random);
            assertTrue(u >= scale && u <= 3.0 * scale);
            uniform += u;
            double z = new Distribution.Normal(1, scale).draw(random);
            normal += z;
            squares += (z - 1) * (z - 1);
            first += new Distribution.Choice(List.of(7.0, 8.0, 9.0)).draw(random) == 7 ? 1 : 0;
        }
        // Six standard errors each.
        assertEquals(2.0 * scale, uniform / n, 6 * scale / Math.sqrt(3.0 * n));
        assertEquals(1, normal / n, 6 * scale / Math.sqrt(n));
        assertEquals(scale * scale, squares / n, 6 * scale * scale * Math.sqrt(2.0 / n));
        assertEquals(n / 3.0, first, 6 * Math.sqrt(n * 2 / 9.0));
    }

    /** scipy.ndimage.gaussian_filter(values, 1.5, mode="constant"), SciPy 1.17.1, for values[y, x] = (7 x + 3 y x) mod 11 / 11. */
    @Property(tries = 1)
    void smoothsAsSciPyDoes() {
        int side = 5;
        double[] values = new double[side * side];
        for (int i = 0; i < values.length; i++) {
            int x = i % side;
            int y = i / side;
            values[i] = (7 * x + 3 * y * x) % 11 / 11.0;
        }
        assertArrayEquals(SCIPY, Elastic.smooth(values, side, side, Elastic.kernel(1.5)), 1e-12);
    }

    private static final double[] SCIPY = {
        0.14141566891269297,
        0.24209046693220648,
        0.3156152438235845,
        0.32261763051918557,
        0.2555596167588888,
        0.1800827600269627,
        0.3110193562204884,
        0.40799903207786103,
        0.4195842928468613,
        0.3356022761173253,
        0.18630051059711528,
        0.32377343760026134,
        0.4267953902222179,
        0.44235251802487013,
        0.3589611595916395,
        0.1674450505566819,
        0.2892896036423055,
        0.37921887622924133,
        0.3938347422097811,
        0.3238437455622535,
        0.12806016019594052,
        0.21733108846819998,
        0.28032711373524655,
        0.28959072441297623,
        0.24022821760749202
    };
}
