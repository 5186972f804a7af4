package io.synthray.evaluator.study;

import io.synthray.evaluator.event.StudyEvent.Imaged;
import io.synthray.evaluator.event.StudyEvent.NotImaged;
import io.synthray.evaluator.event.StudyEvent.Requested;
import io.synthray.event.ManifestEntry;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Counts image sets exactly and freezes them. */
final class ImageSets {
    private final StudyTables tables;
    private final Outbox outbox;

    ImageSets(StudyTables tables, Outbox outbox) {
        this.tables = tables;
        this.outbox = outbox;
    }

    /** Remembers an unanswered request; one that is read again has moved to its newer record. */
    void requested(Requested event) {
        if (tables.fates().get(fateKey(event.request())).isEmpty()) {
            String key = event.request().key();
            Optional<Pending> known = tables.openRequests().get(key);
            tables.openRequests()
                    .put(key, known.map(p -> p.seenAt(event.at())).orElseGet(() -> Pending.first(event.at())));
        }
    }

    /** Counts an image: the first of its index is canonical, also where an outcome came before it, until the image set ends. */
    ImageSetTally imaged(ImageSetPlan set, Imaged event) {
        String key = fateKey(event.request());
        Fate before = tables.fates().get(key).orElse(null);
        ImageSetTally tally = tally(set);
        if (tally.ended() || before instanceof Fate.Made) {
            return put(set, tally.duplicate());
        }
        tables.fates().put(key, new Fate.Made(event.image()));
        tables.openRequests().delete(event.request().key());
        return put(set, before instanceof Fate.NotMade b ? tally.imagedAfter(b.status()) : tally.imaged());
    }

    /** Counts an outcome: the first of an index that has neither image nor outcome. */
    ImageSetTally notImaged(ImageSetPlan set, NotImaged event) {
        String key = fateKey(event.request());
        ImageSetTally tally = tally(set);
        if (tables.fates().get(key).isPresent()) {
            return put(set, tally.duplicate());
        }
        tables.fates().put(key, new Fate.NotMade(event.status()));
        tables.openRequests().delete(event.request().key());
        return put(set, tally.notImaged(event.status(), event.request().index(), event.error()));
    }

    /**
     * Ends an image set that is complete: freezes it and publishes its manifest, or gives it up.
     *
     * @return whether it has ended by this call
     */
    boolean endIfComplete(ImageSetPlan set) {
        ImageSetTally tally = tally(set);
        if (tally.ended() || !set.complete(tally)) {
            return false;
        }
        put(set, set.failure(tally).isPresent() ? tally.abandonedNow() : tally.frozen(publishManifest(set)));
        return true;
    }

    ImageSetTally tally(ImageSetPlan set) {
        return tables.imageSets().get(set.id().key()).orElse(ImageSetTally.EMPTY);
    }

    private ImageSetTally put(ImageSetPlan set, ImageSetTally tally) {
        tables.imageSets().put(set.id().key(), tally);
        return tally;
    }

    private FrozenManifest publishManifest(ImageSetPlan set) {
        List<ManifestEntry> entries = new ArrayList<>();
        tables.fates().scan(set.id().key() + "/", (key, fate) -> {
            if (fate instanceof Fate.Made made) {
                int index = Integer.parseInt(key.substring(key.lastIndexOf('/') + 1));
                entries.add(made.image().entry(index));
            }
        });
        Manifest manifest = Manifest.of(set.id(), entries);
        manifest.chunks()
                .forEach(chunk ->
                        outbox.publish(TopicCatalogue.MANIFESTS, set.id().key() + "/" + chunk.getChunk(), chunk));
        return manifest.name();
    }

    /** Ten digits, so that the order of keys is the order of indexes. */
    private static String fateKey(RequestId request) {
        return String.format(Locale.ROOT, "%s/%010d", request.imageSet().key(), request.index());
    }
}
