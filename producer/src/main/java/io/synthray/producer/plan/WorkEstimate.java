package io.synthray.producer.plan;

import io.synthray.event.StudyPlan;

/**
 * What a study costs, as numbers of things and as seconds of one worker of each kind.
 *
 * @param images generation requests
 * @param trials trainings
 * @param steps optimiser steps of all trainings
 * @param comparisons primary comparisons, the family of the correction
 * @param secondsAnImage assumed seconds to sample one image
 * @param secondsAStep assumed seconds of one optimiser step
 */
public record WorkEstimate(
        long images, int trials, long steps, int comparisons, double secondsAnImage, double secondsAStep) {
    /** Seconds to sample an image of 64 x 64 on one CPU core, as measured with the sampler that comes with Synthray. */
    public static final double SECONDS_AN_IMAGE = 0.35;

    /** Seconds of one step of 8 images of 64 x 64 through a network of width 16, as measured on one CPU core. */
    public static final double SECONDS_A_REFERENCE_STEP = 0.025;

    /** An estimate from the built-in measurements; a step's cost grows with its images, their pixels and the square of the width. */
    public static WorkEstimate of(PlannedStudy study) {
        StudyPlan plan = study.plan();
        double pixels = Math.pow(plan.getDataset().getImageSide() / 64.0, 2);
        double weights = Math.pow(plan.getNetwork().getWidth() / 16.0, 2);
        double batch = plan.getTraining().getBatchSize() / 8.0;
        int trials = plan.getArms().size() * plan.getRepeats();
        return new WorkEstimate(
                study.requests().count(),
                trials,
                (long) trials * plan.getTraining().getSteps(),
                plan.getComparisons().size(),
                SECONDS_AN_IMAGE,
                SECONDS_A_REFERENCE_STEP * pixels * weights * batch);
    }

    /** Seconds of one generator worker. */
    public double generationSeconds() {
        return images * secondsAnImage;
    }

    /** Seconds of one trainer worker. */
    public double trainingSeconds() {
        return steps * secondsAStep;
    }
}
