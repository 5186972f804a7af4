package io.synthray.fidelity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synthray.fidelity.SmallestHashes.Place;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The order in which images come changes no bit. */
class OrderPropertyTest {
    /** An image of a set. */
    private record Image(Place place, short[] steps) {}

    @Property(tries = 50)
    void anyOrderGivesTheSame(@ForAll long seed, @ForAll @IntRange(min = 40, max = 200) int count) {
        Random random = new Random(seed);
        List<Image> images = IntStream.range(0, count)
                .mapToObj(i -> new Image(new Place(random.nextLong() >> 50, i), steps(random)))
                .toList();
        List<Image> shuffled = new java.util.ArrayList<>(images);
        Collections.shuffle(shuffled, random);
        Moments real = Reference.momentsOf(
                IntStream.range(0, 40).mapToObj(i -> steps(random)).toList());

        Moments one = moments(images);
        Moments other = moments(shuffled);
        assertArrayEquals(one.sums(), other.sums());
        assertArrayEquals(one.products(0, 10), other.products(0, 10));
        assertEquals(FrechetDistance.between(one, real), FrechetDistance.between(other, real));

        List<short[]> batch = images.stream()
                .sorted(Comparator.comparing(Image::place))
                .limit(32)
                .map(Image::steps)
                .toList();
        assertEquals(batch, sample(images));
        assertEquals(batch, sample(shuffled));
    }

    private static short[] steps(Random random) {
        short[] steps = new short[4];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (short) random.nextInt(1 << 16);
        }
        return steps;
    }

    private static Moments moments(List<Image> images) {
        return Reference.momentsOf(images.stream().map(Image::steps).toList());
    }

    private static List<short[]> sample(List<Image> images) {
        SmallestHashes sample = new SmallestHashes(32);
        images.forEach(image -> sample.offer(image.place(), image.steps()));
        return sample.images();
    }
}
