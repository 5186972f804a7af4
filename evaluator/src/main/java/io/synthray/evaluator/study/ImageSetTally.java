package io.synthray.evaluator.study;

import io.synthray.event.OutcomeStatus;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Counts of one image set. Every index is counted once: as made, failed or skipped. An image that follows an outcome takes its
 * place until the image set has ended; afterwards nothing moves an index any more.
 *
 * @param made indexes with a canonical image
 * @param failed indexes whose request failed or was parked
 * @param skipped indexes whose request was skipped
 * @param duplicates events for an index that was settled already
 * @param example index and cause of a failure, for the reader; null without one
 * @param weights SHA-256 of the weights that the canonical images were made with; of several, the two smallest
 * @param manifest set when frozen
 * @param abandoned whether the image set ended without a manifest
 */
public record ImageSetTally(
        int made,
        int failed,
        int skipped,
        long duplicates,
        String example,
        SortedSet<String> weights,
        FrozenManifest manifest,
        boolean abandoned) {
    static final ImageSetTally EMPTY = new ImageSetTally(0, 0, 0, 0, null, new TreeSet<>(), null, false);

    /** Indexes that have an image or an outcome. */
    public int settled() {
        return made + failed + skipped;
    }

    /** Indexes that have an outcome and no image. */
    public int lacking() {
        return failed + skipped;
    }

    /** Frozen or abandoned: nothing changes but the duplicates. */
    public boolean ended() {
        return manifest != null || abandoned;
    }

    /** Whether images of different weights are among the canonical ones. */
    public boolean mixed() {
        return weights.size() > 1;
    }

    /** The first image of an index without an outcome. */
    public ImageSetTally imaged(String hash) {
        return new ImageSetTally(made + 1, failed, skipped, duplicates, example, with(hash), manifest, abandoned);
    }

    /** The first image of an index that had failed. */
    public ImageSetTally imagedAfterFailure(String hash) {
        return new ImageSetTally(made + 1, failed - 1, skipped, duplicates, example, with(hash), manifest, abandoned);
    }

    /** The first image of an index that had been skipped. */
    public ImageSetTally imagedAfterSkip(String hash) {
        return new ImageSetTally(made + 1, failed, skipped - 1, duplicates, example, with(hash), manifest, abandoned);
    }

    /** The first outcome of an index without an image. */
    public ImageSetTally notImaged(OutcomeStatus outcome, int index, String error) {
        if (outcome == OutcomeStatus.SKIPPED) {
            return new ImageSetTally(made, failed, skipped + 1, duplicates, example, weights, manifest, abandoned);
        }
        String cause = "%s at index %d: %s".formatted(outcome, index, error);
        return new ImageSetTally(made, failed + 1, skipped, duplicates, cause, weights, manifest, abandoned);
    }

    /** An event for an index that was settled already. */
    public ImageSetTally duplicate() {
        return new ImageSetTally(made, failed, skipped, duplicates + 1, example, weights, manifest, abandoned);
    }

    ImageSetTally frozen(FrozenManifest frozen) {
        return new ImageSetTally(made, failed, skipped, duplicates, example, weights, frozen, abandoned);
    }

    ImageSetTally abandonedNow() {
        return new ImageSetTally(made, failed, skipped, duplicates, example, weights, manifest, true);
    }

    private SortedSet<String> with(String hash) {
        if (weights.contains(hash)) {
            return weights;
        }
        SortedSet<String> more = new TreeSet<>(weights);
        more.add(hash);
        if (more.size() > 2) {
            more.remove(more.last());
        }
        return more;
    }
}
