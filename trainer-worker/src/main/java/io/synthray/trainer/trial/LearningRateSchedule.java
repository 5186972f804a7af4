package io.synthray.trainer.trial;

/**
 * Linear warm-up over the first twentieth of the steps, then half a cosine down to 0 (Loshchilov and Hutter, arXiv 1608.03983).
 *
 * @param peak learning rate at the end of the warm-up, above 0
 * @param steps all steps, 1 or more
 */
record LearningRateSchedule(double peak, int steps) {
    private static final int WARM_UP_PART = 20;

    /** The rate of a step, 0..steps-1. */
    double at(int step) {
        int warmUp = Math.max(1, steps / WARM_UP_PART);
        if (step < warmUp) {
            return peak * (step + 1) / warmUp;
        }
        // StrictMath, so that every machine takes the same rates.
        return peak * 0.5 * (1 + StrictMath.cos(Math.PI * (step - warmUp) / (steps - warmUp)));
    }
}
