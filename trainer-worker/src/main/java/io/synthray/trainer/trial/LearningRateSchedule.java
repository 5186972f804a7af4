package io.synthray.trainer.trial;

import java.util.List;

/**
 * Linear warm-up over the first part of the steps, then one of the courses.
 *
 * @param course what follows the warm-up
 * @param peak learning rate at the end of the warm-up, above 0
 * @param steps all steps, 1 or more
 * @param warmUp part of the steps that the warm-up takes, 0..1; one step at least
 * @param drops {@link Course#STEP}: parts of the steps, ascending, after each of which the rate falls
 * @param factor {@link Course#STEP}: of each fall
 */
record LearningRateSchedule(Course course, double peak, int steps, double warmUp, List<Double> drops, double factor) {
    /** What follows the warm-up. */
    enum Course {
        /** Half a cosine down to 0 (Loshchilov and Hutter, arXiv 1608.03983). */
        COSINE,
        /** The peak, times the factor after each drop. */
        STEP,
        /** The peak. */
        CONSTANT
    }

    LearningRateSchedule {
        drops = List.copyOf(drops);
    }

    /** The rate of a step, 0..steps-1. */
    double at(int step) {
        int warmUpSteps = Math.max(1, (int) (steps * warmUp));
        if (step < warmUpSteps) {
            return peak * (step + 1) / warmUpSteps;
        }
        return switch (course) {
            // StrictMath, so that every machine takes the same rates.
            case COSINE -> peak * 0.5 * (1 + StrictMath.cos(Math.PI * (step - warmUpSteps) / (steps - warmUpSteps)));
            case STEP -> {
                double rate = peak;
                for (double drop : drops) {
                    rate *= step >= drop * steps ? factor : 1;
                }
                yield rate;
            }
            case CONSTANT -> peak;
        };
    }
}
