package io.synthray.evaluator.study;

import io.synthray.evaluator.event.Position;

/**
 * A request, of an image or of a trial, that has not been answered.
 *
 * @param at where its newest record lies; null: it was published again and has not been read back
 * @param rounds how often it was published again, 0 or more
 */
public record Pending(Position at, int rounds) {
    /** A request as it is first seen. */
    static Pending first(Position at) {
        return new Pending(at, 0);
    }

    Pending seenAt(Position newest) {
        return new Pending(newest, rounds);
    }

    /** Published once more. */
    public Pending again() {
        return new Pending(null, rounds + 1);
    }

    /** Given up; the outcome is on its way. */
    public Pending givenUp() {
        return new Pending(null, rounds);
    }
}
