package io.synthray.evaluator.study;

import io.synthray.evaluator.event.Embedding;
import io.synthray.fidelity.Moments;
import io.synthray.fidelity.NearCopies;
import io.synthray.fidelity.Quantisation;
import io.synthray.fidelity.SmallestHashes;
import io.synthray.fidelity.SmallestHashes.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Features of one image set's canonical images, in memory; saved block by block when the stream commits. */
final class FidelityBook {
    /** Products of a block: 64 KiB at most. */
    private static final int PRODUCTS_A_BLOCK = 8192;
    /** Images of a block: 128 KiB at most. */
    private static final int IMAGES_A_BLOCK = 128;

    private final StudyTables tables;
    private final String key;
    private final String embedder;
    private final Moments moments;
    private final SmallestHashes sample;
    private final Map<Place, Double> nearest = new HashMap<>();
    private boolean mixed;
    private boolean sampleChanged;
    private long published;
    private boolean complete;

    private FidelityBook(StudyTables tables, String key, String embedder, Moments moments, int sampleSize) {
        this.tables = tables;
        this.key = key;
        this.embedder = embedder;
        this.moments = moments;
        this.sample = new SmallestHashes(sampleSize);
    }

    static FidelityBook begin(StudyTables tables, String key, Embedding first, int sampleSize) {
        return new FidelityBook(tables, key, first.embedder(), new Moments(first.bytes().length / 2), sampleSize);
    }

    static FidelityBook load(StudyTables tables, String key, FidelityHead head, int sampleSize) {
        long[] products = new long[Moments.products(head.dimension())];
        for (int from = 0; from < products.length; from += PRODUCTS_A_BLOCK) {
            long[] block = tables.products().get(blockKey(key, from)).orElseThrow();
            System.arraycopy(block, 0, products, from, block.length);
        }
        FidelityBook book = new FidelityBook(
                tables,
                key,
                head.embedder(),
                new Moments(head.dimension(), head.count(), head.sums().clone(), products),
                sampleSize);
        for (int from = 0; from < Math.min(head.count(), sampleSize); from += IMAGES_A_BLOCK) {
            for (SampledImage image : tables.samples().get(blockKey(key, from)).orElseThrow()) {
                book.sample.offer(new Place(image.hash(), image.index()), image.features());
            }
        }
        book.mixed = head.mixed();
        book.published = head.published();
        book.complete = head.complete();
        return book;
    }

    /** Adds a canonical image; one of another embedder, or with another number of features, spoils the set's fidelity. */
    void add(Embedding embedding, long hash, int index) {
        if (!embedding.embedder().equals(embedder) || embedding.bytes().length != 2 * moments.dimension()) {
            mixed = true;
            return;
        }
        short[] features = Quantisation.steps(ByteBuffer.wrap(embedding.bytes()));
        moments.add(features);
        sampleChanged |= sample.offer(new Place(hash, index), features);
    }

    void save() {
        int products = Moments.products(moments.dimension());
        for (int from = 0; from < products; from += PRODUCTS_A_BLOCK) {
            tables.products()
                    .put(blockKey(key, from), moments.products(from, Math.min(from + PRODUCTS_A_BLOCK, products)));
        }
        if (sampleChanged) {
            saveSample();
            sampleChanged = false;
        }
        tables.fidelity()
                .put(
                        key,
                        new FidelityHead(
                                embedder,
                                mixed,
                                moments.dimension(),
                                moments.count(),
                                moments.sums(),
                                published,
                                complete));
    }

    private void saveSample() {
        List<SampledImage> images = new ArrayList<>();
        sample.entries()
                .forEach(entry -> images.add(
                        new SampledImage(entry.getKey().hash(), entry.getKey().index(), entry.getValue())));
        for (int from = 0; from < images.size(); from += IMAGES_A_BLOCK) {
            tables.samples()
                    .put(
                            blockKey(key, from),
                            List.copyOf(images.subList(from, Math.min(from + IMAGES_A_BLOCK, images.size()))));
        }
    }

    /** Distance of each image of the sample to its nearest train image; each is worked out once. */
    double[] nearestTrain(List<short[]> train) {
        Map<Place, Double> known = new HashMap<>(nearest);
        nearest.clear();
        sample.entries().forEach(entry -> {
            Double distance = known.get(entry.getKey());
            nearest.put(entry.getKey(), distance == null ? NearCopies.nearest(entry.getValue(), train) : distance);
        });
        return nearest.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The train images have changed. */
    void forgetDistances() {
        nearest.clear();
    }

    void published(boolean whole) {
        published = moments.count();
        complete = whole;
    }

    long publishedImages() {
        return published;
    }

    boolean publishedComplete() {
        return complete;
    }

    String embedder() {
        return embedder;
    }

    boolean mixed() {
        return mixed;
    }

    Moments moments() {
        return moments;
    }

    List<short[]> sample() {
        return sample.images();
    }

    private static String blockKey(String key, int from) {
        String digits = Integer.toString(from);
        return key + "/" + "0".repeat(10 - digits.length()) + digits;
    }
}
