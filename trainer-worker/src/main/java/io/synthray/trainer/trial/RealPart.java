package io.synthray.trainer.trial;

/** How many of a training's examples, counted step by step, are real ones. */
interface RealPart {
    /** Real examples in all steps before this one; grows by at most a batch a step. */
    long before(int step);

    /** A constant part of every batch; where it is no whole number of examples, steps alternate. */
    static RealPart share(double share, int batchSize) {
        // Rounded up, so that the first step of a batch of one is a real one.
        return step -> (long) Math.ceil((double) step * batchSize * share);
    }

    /** Synthetic examples alone for so many steps, then real ones alone. */
    static RealPart after(int steps, int batchSize) {
        return step -> (long) Math.max(0, step - steps) * batchSize;
    }

    /** No real example at all. */
    static RealPart none() {
        return step -> 0;
    }
}
