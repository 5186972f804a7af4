package io.synthray.evaluator.study;

import static io.synthray.evaluator.fixture.Studies.SHARED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.fixture.Bench;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.event.Fidelity;
import io.synthray.event.FidelityPlan;
import io.synthray.event.ImageMade;
import io.synthray.event.ReferenceSide;
import io.synthray.event.SampleFidelity;
import io.synthray.event.StudyPlan;
import io.synthray.event.StudySeal;
import io.synthray.fidelity.FrechetDistance;
import io.synthray.fidelity.KernelDistance;
import io.synthray.fidelity.Moments;
import io.synthray.fidelity.NearCopies;
import io.synthray.fidelity.Neighbourhoods;
import io.synthray.fidelity.Quantisation;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Fidelity as images arrive: in any order, with duplicates and restarts, it ends at the batch value. */
class FidelityStreamTest {
    private static final int IMAGES = 150;
    private static final int DIMENSION = 4;
    private static final int SAMPLE = 64;
    private static final ImageSetId SET = ImageSetId.shared("s", SHARED);
    private static final StudyPlan PLAN = StudyPlan.newBuilder(Studies.plan("s", 1, IMAGES, 0))
            .setFidelity(FidelityPlan.newBuilder()
                    .setEmbedder("e")
                    .setEmbedderVersion("1")
                    .setSample(SAMPLE)
                    .build())
            .build();
    private static final List<short[]> HELD_OUT = features(60, 1, 0);
    private static final List<short[]> TRAIN = features(80, 2, 0);

    private static List<short[]> features(int count, long seed, int shift) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    short[] steps = new short[DIMENSION];
                    for (int j = 0; j < DIMENSION; j++) {
                        steps[j] = (short) (random.nextGaussian() * 4096 + shift);
                    }
                    return steps;
                })
                .toList();
    }

    private static ImageMade image(int index, short[] features, String embedder) {
        return ImageMade.newBuilder(Studies.image(new RequestId(SET, index), "worker"))
                .setEmbedder(embedder)
                .setEmbedding(ByteBuffer.wrap(Quantisation.bytes(features)))
                .build();
    }

    private static void references(Bench bench) {
        bench.reference(Studies.reference("s", ReferenceSide.HELD_OUT, 1, 2, HELD_OUT.subList(30, 60)));
        bench.reference(Studies.reference("s", ReferenceSide.TRAIN, 0, 1, TRAIN));
        bench.reference(Studies.reference("s", ReferenceSide.HELD_OUT, 0, 2, HELD_OUT.subList(0, 30)));
    }

    @Property(tries = 20)
    void anyOrderEndsAtTheBatchValue(@ForAll long seed) {
        List<short[]> synthetic = features(IMAGES, 3, 800);
        List<Integer> order = new ArrayList<>(IntStream.range(0, IMAGES).boxed().toList());
        Random random = new Random(seed);
        Collections.shuffle(order, random);
        int referencesAt = random.nextInt(IMAGES);
        Bench bench = new Bench();
        bench.planned(PLAN, StudySeal.SEALED);
        for (int i = 0; i < IMAGES; i++) {
            if (i == referencesAt) {
                references(bench);
            }
            bench.image(image(order.get(i), synthetic.get(order.get(i)), "e"));
            if (random.nextInt(8) == 0) {
                // A second image of the same request counts for nothing.
                bench.image(image(order.get(i), synthetic.get(0), "e"));
            }
            if (random.nextInt(20) == 0) {
                bench.tick();
            }
            if (random.nextInt(30) == 0) {
                bench.restart();
            }
        }
        bench.tick();

        Fidelity found = bench.sent().newest(TopicCatalogue.FIDELITY).get(SET.key());
        assertTrue(found.getComplete());
        assertEquals(IMAGES, found.getImages());
        assertEquals(60, found.getHeldOut());
        Moments all = new Moments(DIMENSION);
        synthetic.forEach(all::add);
        Moments real = new Moments(DIMENSION);
        HELD_OUT.forEach(real::add);
        assertEquals(FrechetDistance.between(all, real).getAsDouble(), found.getFrechet());

        List<short[]> sample = IntStream.range(0, IMAGES)
                .boxed()
                .sorted(Comparator.comparing(i -> Studies.sha256(new RequestId(SET, i).key())))
                .limit(SAMPLE)
                .map(synthetic::get)
                .toList();
        SampleFidelity figures = found.getSample();
        List<short[]> heldOut = heldOutByHash();
        assertEquals(SAMPLE, figures.getImages());
        assertEquals(
                KernelDistance.of(sample, heldOut).orElseThrow(),
                new KernelDistance(figures.getKid(), figures.getKidLow(), figures.getKidHigh()));
        Neighbourhoods near = Neighbourhoods.of(sample, heldOut).orElseThrow();
        assertEquals(near.precision().value(), figures.getPrecision().getValue());
        assertEquals(near.recall().value(), figures.getRecall().getValue());
        assertEquals(near.density().standardError(), figures.getDensity().getStandardError());
        assertEquals(near.coverage().value(), figures.getCoverage().getValue());
        NearCopies copies = NearCopies.of(sample, heldOut, TRAIN).orElseThrow();
        assertEquals(copies.median(), figures.getNearestTrain());
        assertEquals(copies.limit(), figures.getNearCopyDistance());
        assertEquals(copies.share().value(), figures.getNearCopies().getValue());
    }

    /** What real train images reach is told beside it. */
    @Test
    void trainImagesAreHeldAgainstTheSameSample() {
        Bench bench = new Bench();
        bench.planned(PLAN, StudySeal.SEALED);
        references(bench);
        List<short[]> synthetic = features(IMAGES, 3, 800);
        for (int i = 0; i < 10; i++) {
            bench.image(image(i, synthetic.get(i), "e"));
        }
        bench.tick();
        SampleFidelity real =
                bench.sent().newest(TopicCatalogue.FIDELITY).get(SET.key()).getReal();
        List<short[]> train = byHash(ReferenceSide.TRAIN, 0, TRAIN).subList(0, SAMPLE);
        assertEquals(SAMPLE, real.getImages());
        assertEquals(60, real.getHeldOut());
        assertEquals(KernelDistance.of(train, heldOutByHash()).orElseThrow().value(), real.getKid());
        assertEquals(
                Neighbourhoods.of(train, heldOutByHash())
                        .orElseThrow()
                        .coverage()
                        .value(),
                real.getCoverage().getValue());
        assertNull(real.getNearCopies());
    }

    private static List<short[]> byHash(ReferenceSide side, int chunk, List<short[]> features) {
        return IntStream.range(0, features.size())
                .boxed()
                .sorted(Comparator.comparing(
                        i -> Studies.sha256(side + "/" + chunk + "/" + i).substring(0, 16)))
                .map(features::get)
                .toList();
    }

    private static List<short[]> heldOutByHash() {
        record Named(String key, short[] features) {}
        return IntStream.range(0, 60)
                .mapToObj(i -> new Named(
                        Studies.sha256(ReferenceSide.HELD_OUT + "/" + i / 30 + "/" + i % 30)
                                .substring(0, 16),
                        HELD_OUT.get(i)))
                .sorted(Comparator.comparing(Named::key))
                .map(Named::features)
                .toList();
    }

    @Test
    void itIsPublishedWhileImagesCome() {
        Bench bench = new Bench();
        bench.planned(PLAN, StudySeal.SEALED);
        references(bench);
        List<short[]> synthetic = features(IMAGES, 3, 800);
        for (int i = 0; i < 20; i++) {
            bench.image(image(i, synthetic.get(i), "e"));
        }
        bench.tick();
        Fidelity first = bench.sent().newest(TopicCatalogue.FIDELITY).get(SET.key());
        assertEquals(20, first.getImages());
        assertNull(first.getFrechet());
        assertEquals(
                "No Frechet distance below 10 images a feature: 20 synthetic and 60 held-out ones for 4 features",
                first.getNote());
        bench.image(image(20, synthetic.get(20), "e"));
        bench.tick();
        assertEquals(1, bench.sent().of(TopicCatalogue.FIDELITY).size(), "a quarter more is waited for");
        for (int i = 21; i < 45; i++) {
            bench.image(image(i, synthetic.get(i), "e"));
        }
        bench.tick();
        Fidelity second = bench.sent().newest(TopicCatalogue.FIDELITY).get(SET.key());
        assertEquals(45, second.getImages());
        assertTrue(second.getFrechet() > 0);
    }

    @Test
    void imagesOfAnotherEmbedderGiveNoFigures() {
        Bench bench = new Bench();
        bench.planned(PLAN, StudySeal.SEALED);
        references(bench);
        List<short[]> synthetic = features(IMAGES, 3, 800);
        for (int i = 0; i < IMAGES; i++) {
            bench.image(image(i, synthetic.get(i), i == 7 ? "other" : "e"));
        }
        bench.tick();
        Fidelity found = bench.sent().newest(TopicCatalogue.FIDELITY).get(SET.key());
        assertNull(found.getFrechet());
        assertNull(found.getSample());
        assertEquals("The images' features were made by different embedders", found.getNote());
    }
}
