package io.synthray.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/** What SciPy, scikit-learn and prdc say of the same features: written by {@code src/test/python/fidelity.py}. */
record Reference(JsonNode node) {
    static List<Reference> cases() {
        return read("cases");
    }

    static List<Reference> wide() {
        return read("wide");
    }

    private static List<Reference> read(String field) {
        try (InputStream json = Reference.class.getResourceAsStream("reference.json")) {
            return StreamSupport.stream(
                            new ObjectMapper().readTree(json).get(field).spliterator(), false)
                    .map(Reference::new)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    int dimension() {
        return node.get("dimension").asInt();
    }

    double number(String... path) {
        JsonNode at = node;
        for (String name : path) {
            at = at.get(name);
        }
        return at.asDouble();
    }

    List<short[]> images(String side) {
        List<short[]> images = new ArrayList<>();
        node.get(side).forEach(row -> {
            short[] steps = new short[row.size()];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = (short) row.get(i).asInt();
            }
            images.add(steps);
        });
        return images;
    }

    Moments moments(String side) {
        JsonNode kept = node.get(side);
        return new Moments(
                dimension(), kept.get("count").asLong(), longs(kept.get("sums")), longs(kept.get("products")));
    }

    private static long[] longs(JsonNode array) {
        return LongStream.range(0, array.size())
                .map(i -> array.get((int) i).asLong())
                .toArray();
    }

    static Moments momentsOf(List<short[]> images) {
        Moments moments = new Moments(images.get(0).length);
        images.forEach(moments::add);
        return moments;
    }
}
