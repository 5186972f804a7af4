package io.synthray.evaluator.study;

import io.synthray.event.OutcomeStatus;

/**
 * Counts of one image set. Every index is counted once: as made, failed or skipped. An image that follows an outcome takes its
 * place until the image set has ended; afterwards nothing moves an index any more.
 *
 * @param made indexes with a canonical image
 * @param failed indexes whose request failed or was parked
 * @param skipped indexes whose request was skipped
 * @param duplicates events for an index that was settled already
 * @param example index and cause of a failure, for the reader; null without one
 * @param manifest set when frozen
 * @param abandoned whether the image set ended without a manifest
 */
public record ImageSetTally(
        int made,
        int failed,
        int skipped,
        long duplicates,
        String example,
        FrozenManifest manifest,
        boolean abandoned) {
    static final ImageSetTally EMPTY = new ImageSetTally(0, 0, 0, 0, null, null, false);

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

    /** The first image of an index without an outcome. */
    public ImageSetTally imaged() {
        return new ImageSetTally(made + 1, failed, skipped, duplicates, example, manifest, abandoned);
    }

    /** The first image of an index that had this outcome. */
    public ImageSetTally imagedAfter(OutcomeStatus outcome) {
        return outcome == OutcomeStatus.SKIPPED
                ? new ImageSetTally(made + 1, failed, skipped - 1, duplicates, example, manifest, abandoned)
                : new ImageSetTally(made + 1, failed - 1, skipped, duplicates, example, manifest, abandoned);
    }

    /** The first outcome of an index without an image. */
    public ImageSetTally notImaged(OutcomeStatus outcome, int index, String error) {
        if (outcome == OutcomeStatus.SKIPPED) {
            return new ImageSetTally(made, failed, skipped + 1, duplicates, example, manifest, abandoned);
        }
        String cause = "%s at index %d: %s".formatted(outcome, index, error);
        return new ImageSetTally(made, failed + 1, skipped, duplicates, cause, manifest, abandoned);
    }

    /** An event for an index that was settled already. */
    public ImageSetTally duplicate() {
        return new ImageSetTally(made, failed, skipped, duplicates + 1, example, manifest, abandoned);
    }

    ImageSetTally frozen(FrozenManifest frozen) {
        return new ImageSetTally(made, failed, skipped, duplicates, example, frozen, abandoned);
    }

    ImageSetTally abandonedNow() {
        return new ImageSetTally(made, failed, skipped, duplicates, example, manifest, true);
    }
}
