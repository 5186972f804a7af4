package io.synthray.evaluator.study;

import io.synthray.event.OutcomeStatus;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of {@value #INDEXES} neighbouring requests of an image set: one bit for an image, another for an outcome without one, and
 * where the record of an unanswered request lies. It changes in place; whoever changes it puts it back into its table.
 */
public final class ImageChunk {
    /** Requests of a chunk. */
    public static final int INDEXES = 1024;

    private final BitSet made;
    private final BitSet failed;
    private final BitSet skipped;
    private final SortedMap<Integer, Pending> open;

    ImageChunk() {
        this(new BitSet(), new BitSet(), new BitSet(), new TreeMap<>());
    }

    /**
     * As it was kept.
     *
     * @param made requests with a canonical image, by their place in the chunk
     * @param failed requests that failed or were parked
     * @param skipped requests that were skipped
     * @param open unanswered requests by place
     */
    public ImageChunk(BitSet made, BitSet failed, BitSet skipped, SortedMap<Integer, Pending> open) {
        this.made = made;
        this.failed = failed;
        this.skipped = skipped;
        this.open = open;
    }

    /** Requests with a canonical image. */
    public BitSet made() {
        return made;
    }

    /** Requests that failed or were parked. */
    public BitSet failed() {
        return failed;
    }

    /** Requests that were skipped. */
    public BitSet skipped() {
        return skipped;
    }

    /** Unanswered requests by place. */
    public SortedMap<Integer, Pending> open() {
        return open;
    }

    boolean isMade(int place) {
        return made.get(place);
    }

    boolean isSettled(int place) {
        return made.get(place) || failed.get(place) || skipped.get(place);
    }

    void make(int place) {
        made.set(place);
        failed.clear(place);
        skipped.clear(place);
        open.remove(place);
    }

    void end(int place, OutcomeStatus status) {
        (status == OutcomeStatus.SKIPPED ? skipped : failed).set(place);
        open.remove(place);
    }
}
