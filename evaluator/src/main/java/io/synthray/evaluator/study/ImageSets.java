package io.synthray.evaluator.study;

import io.synthray.evaluator.event.StudyEvent.Imaged;
import io.synthray.evaluator.event.StudyEvent.NotImaged;
import io.synthray.evaluator.event.StudyEvent.Requested;
import io.synthray.event.ManifestEntry;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Counts image sets exactly and freezes them. */
final class ImageSets {
    private final StudyTables tables;
    private final Outbox outbox;

    ImageSets(StudyTables tables, Outbox outbox) {
        this.tables = tables;
        this.outbox = outbox;
    }

    /** Remembers an unanswered request; one that is read again has moved to its newer record. */
    void requested(ImageSetPlan set, Requested event) {
        if (tally(set).ended()) {
            return;
        }
        ImageChunk chunk = chunk(event.request());
        int place = place(event.request());
        if (!chunk.isSettled(place)) {
            Pending known = chunk.open().get(place);
            chunk.open().put(place, known == null ? Pending.first(event.at()) : known.seenAt(event.at()));
            put(event.request(), chunk);
        }
    }

    /**
     * Counts an image: the first of its index is canonical, also where an outcome came before it, until the image set ends.
     *
     * @return whether it is canonical
     */
    boolean imaged(ImageSetPlan set, Imaged event) {
        ImageSetTally tally = tally(set);
        if (tally.ended()) {
            return duplicate(set, tally);
        }
        ImageChunk chunk = chunk(event.request());
        int place = place(event.request());
        if (chunk.isMade(place)) {
            return duplicate(set, tally);
        }
        if (chunk.failed().get(place)) {
            put(set, tally.imagedAfterFailure(event.weights()));
        } else if (chunk.skipped().get(place)) {
            put(set, tally.imagedAfterSkip(event.weights()));
        } else {
            put(set, tally.imaged(event.weights()));
        }
        chunk.make(place);
        put(event.request(), chunk);
        IndexRange page = pageOf(set.id(), event.request().index());
        ImagePage images = tables.imagePages().get(page).orElseGet(ImagePage::new);
        images.add(event.request().index(), event.image());
        tables.imagePages().put(page, images);
        if (images.isFull()) {
            tables.imagePages().settle(page);
        }
        return true;
    }

    private boolean duplicate(ImageSetPlan set, ImageSetTally tally) {
        put(set, tally.duplicate());
        return false;
    }

    /** Counts an outcome: the first of an index that has neither image nor outcome. */
    void notImaged(ImageSetPlan set, NotImaged event) {
        ImageSetTally tally = tally(set);
        ImageChunk chunk = tally.ended() ? null : chunk(event.request());
        int place = place(event.request());
        if (chunk == null || chunk.isSettled(place)) {
            put(set, tally.duplicate());
            return;
        }
        chunk.end(place, event.status());
        put(event.request(), chunk);
        put(set, tally.notImaged(event.status(), event.request().index(), event.error()));
    }

    /**
     * Ends an image set that is complete: freezes it and publishes its manifest, or gives it up. What is remembered of its
     * single images is forgotten then: nothing moves an index any more.
     *
     * @return whether it has ended by this call
     */
    boolean endIfComplete(ImageSetPlan set) {
        ImageSetTally tally = tally(set);
        if (tally.ended() || !set.complete(tally)) {
            return false;
        }
        put(set, set.failure(tally).isPresent() ? tally.abandonedNow() : tally.frozen(publishManifest(set)));
        for (int index = 0; index < set.images(); index += ImageChunk.INDEXES) {
            tables.imageChunks().delete(chunkOf(set.id(), index));
        }
        for (int index = 0; index < set.images(); index += ImagePage.INDEXES) {
            tables.imagePages().delete(pageOf(set.id(), index));
        }
        return true;
    }

    ImageSetTally tally(ImageSetPlan set) {
        return tables.imageSets().get(set.id()).orElse(ImageSetTally.EMPTY);
    }

    /** Shows every unanswered request. */
    void unanswered(BiConsumer<String, Pending> each) {
        tables.imageChunks().scan("", (key, chunk) -> {
            String set = key.substring(0, key.lastIndexOf('/'));
            int first = Integer.parseInt(key.substring(key.lastIndexOf('/') + 1));
            chunk.open().forEach((place, pending) -> each.accept(set + "/" + (first + place), pending));
        });
    }

    /** Remembers what became of the record of an unanswered request. */
    void pending(RequestId request, Pending pending) {
        ImageChunk chunk = chunk(request);
        chunk.open().put(place(request), pending);
        put(request, chunk);
    }

    private void put(ImageSetPlan set, ImageSetTally tally) {
        tables.imageSets().put(set.id(), tally);
    }

    private ImageChunk chunk(RequestId request) {
        return tables.imageChunks()
                .get(chunkOf(request.imageSet(), request.index()))
                .orElseGet(ImageChunk::new);
    }

    private void put(RequestId request, ImageChunk chunk) {
        tables.imageChunks().put(chunkOf(request.imageSet(), request.index()), chunk);
    }

    private FrozenManifest publishManifest(ImageSetPlan set) {
        List<ManifestEntry> entries = new ArrayList<>();
        for (int first = 0; first < set.images(); first += ImagePage.INDEXES) {
            tables.imagePages().get(pageOf(set.id(), first)).ifPresent(page -> page.images()
                    .forEach((index, image) -> entries.add(image.entry(index))));
        }
        Manifest manifest = Manifest.of(set.id(), entries);
        manifest.chunks()
                .forEach(chunk ->
                        outbox.publish(TopicCatalogue.MANIFESTS, set.id().key() + "/" + chunk.getChunk(), chunk));
        return manifest.name();
    }

    private static int place(RequestId request) {
        return request.index() % ImageChunk.INDEXES;
    }

    private static IndexRange chunkOf(ImageSetId set, int index) {
        return IndexRange.of(set, index, ImageChunk.INDEXES);
    }

    private static IndexRange pageOf(ImageSetId set, int index) {
        return IndexRange.of(set, index, ImagePage.INDEXES);
    }
}
