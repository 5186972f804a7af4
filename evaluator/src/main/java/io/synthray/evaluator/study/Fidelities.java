package io.synthray.evaluator.study;

import io.synthray.evaluator.event.StudyEvent.Imaged;
import io.synthray.event.Fidelity;
import io.synthray.event.ReferenceChunk;
import io.synthray.event.SampleFidelity;
import io.synthray.fidelity.FrechetDistance;
import io.synthray.fidelity.Moments;
import io.synthray.fidelity.NearCopies;
import io.synthray.imaging.digest.Sha256;
import io.synthray.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Holds image sets against real images as their images come. It is published when a quarter more images are in than at the last
 * time, and once more when the image set has ended, so that the work does not grow with every image.
 */
final class Fidelities {
    private static final double GROWTH = 1.25;

    private final StudyTables tables;
    private final Outbox outbox;
    private final Map<String, FidelityBook> books = new HashMap<>();
    private final Set<FidelityBook> unsaved = new LinkedHashSet<>();
    private final Map<String, Optional<RealFeatures>> real = new HashMap<>();

    Fidelities(StudyTables tables, Outbox outbox) {
        this.tables = tables;
        this.outbox = outbox;
    }

    /** Takes a canonical image. */
    void imaged(PlannedStudy study, ImageSetPlan set, Imaged event) {
        if (event.embedding() == null || study.plan().getFidelity() == null) {
            return;
        }
        String key = set.id().key();
        FidelityBook book = book(study, key).orElse(null);
        if (book == null) {
            book = FidelityBook.begin(tables, key, event.embedding(), sampleSize(study));
            books.put(key, book);
        }
        book.add(event.embedding(), hash(event.request().key()), event.request().index());
        unsaved.add(book);
    }

    /** Takes a chunk of the real images' features. */
    void referenced(ReferenceChunk chunk) {
        tables.references().put("%s/%s/%010d".formatted(chunk.getStudy(), chunk.getSide(), chunk.getChunk()), chunk);
        real.remove(chunk.getStudy());
        books.forEach((key, book) -> {
            if (key.startsWith(chunk.getStudy() + "/")) {
                book.forgetDistances();
            }
        });
    }

    /** Publishes what is due. */
    void publishDue(PlannedStudy study, ImageSets imageSets) {
        if (study.plan().getFidelity() == null) {
            return;
        }
        for (ImageSetPlan set : study.imageSets()) {
            boolean ended = imageSets.tally(set).ended();
            book(study, set.id().key())
                    .filter(book -> !book.publishedComplete())
                    .filter(book -> ended || book.moments().count() >= GROWTH * book.publishedImages())
                    .ifPresent(book -> publish(study, set, book, ended));
        }
    }

    /** Writes down what has changed, before the stream commits. */
    void save() {
        unsaved.forEach(FidelityBook::save);
        unsaved.clear();
    }

    private void publish(PlannedStudy study, ImageSetPlan set, FidelityBook book, boolean ended) {
        RealFeatures features = real.computeIfAbsent(
                        study.name(), name -> RealFeatures.of(tables.references(), name, sampleSize(study)))
                .orElse(null);
        if (features == null && !ended) {
            return;
        }
        outbox.publish(TopicCatalogue.FIDELITY, set.id().key(), fidelity(set, book, features, ended));
        // Without real images it is not the last word: they may still come.
        book.published(ended && features != null);
        unsaved.add(book);
    }

    private static Fidelity fidelity(ImageSetPlan set, FidelityBook book, RealFeatures real, boolean ended) {
        Fidelity.Builder fidelity = Fidelity.newBuilder()
                .setStudy(set.id().study())
                .setArm(set.id().arm())
                .setImageSet(set.id().imageSet())
                .setEmbedder(book.embedder())
                .setDimension(book.moments().dimension())
                .setImages(book.moments().count())
                .setHeldOut(real == null ? 0 : real.heldOut().count())
                .setComplete(ended);
        Optional<String> hindrance = hindrance(book, real);
        if (hindrance.isPresent()) {
            return fidelity.setNote(hindrance.get()).build();
        }
        OptionalDouble frechet = FrechetDistance.between(book.moments(), real.heldOut());
        frechet.ifPresent(fidelity::setFrechet);
        sample(book, real).ifPresent(fidelity::setSample);
        real.trainToSample().ifPresent(fidelity::setReal);
        if (frechet.isEmpty()) {
            fidelity.setNote(
                    "No Frechet distance below %d images a feature: %d synthetic and %d held-out ones for %d features"
                            .formatted(
                                    FrechetDistance.IMAGES_A_FEATURE,
                                    book.moments().count(),
                                    real.heldOut().count(),
                                    book.moments().dimension()));
        }
        return fidelity.build();
    }

    private static Optional<String> hindrance(FidelityBook book, RealFeatures real) {
        if (real == null) {
            return Optional.of("No features of real images have come");
        }
        if (book.mixed()) {
            return Optional.of("The images' features were made by different embedders");
        }
        Moments heldOut = real.heldOut();
        if (!real.embedder().equals(book.embedder())
                || heldOut.dimension() != book.moments().dimension()) {
            return Optional.of(
                    "The real images' features were made by another embedder, %s".formatted(real.embedder()));
        }
        return Optional.empty();
    }

    private static Optional<SampleFidelity> sample(FidelityBook book, RealFeatures real) {
        return SampleFigures.of(book.sample(), real.sample()).map(sample -> {
            sample.setTrain(real.train().size());
            if (!real.train().isEmpty()) {
                NearCopies.of(book.nearestTrain(real.train()), real.sampleToTrain())
                        .ifPresent(copies -> SampleFigures.add(sample, copies));
            }
            return sample.build();
        });
    }

    private Optional<FidelityBook> book(PlannedStudy study, String key) {
        FidelityBook known = books.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<FidelityBook> stored =
                tables.fidelity().get(key).map(head -> FidelityBook.load(tables, key, head, sampleSize(study)));
        stored.ifPresent(book -> books.put(key, book));
        return stored;
    }

    private static int sampleSize(PlannedStudy study) {
        return study.plan().getFidelity().getSample();
    }

    /** First eight bytes of the request's SHA-256. */
    private static long hash(String request) {
        return ByteBuffer.wrap(Sha256.of(request.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
