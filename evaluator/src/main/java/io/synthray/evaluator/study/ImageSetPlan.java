package io.synthray.evaluator.study;

import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.TrialId;
import java.util.List;
import java.util.Optional;

/**
 * One image set as planned.
 *
 * @param id study, arm and image set
 * @param images planned images, 1 or more
 * @param tolerance images that it may lack and still be frozen
 * @param trials trials that train on it, by ascending repeat
 */
public record ImageSetPlan(ImageSetId id, int images, int tolerance, List<TrialId> trials) {
    /** Copies the trials. */
    public ImageSetPlan {
        trials = List.copyOf(trials);
    }

    /** Whether every planned index has an image or an outcome. */
    boolean complete(ImageSetTally tally) {
        return tally.settled() == images;
    }

    /** Why the image set cannot be frozen; empty while it can. */
    Optional<String> failure(ImageSetTally tally) {
        if (tally.mixed()) {
            return Optional.of("its images were made with different weights under one model version: %s and %s"
                    .formatted(tally.weights().first(), tally.weights().last()));
        }
        if (tally.lacking() > tolerance) {
            return Optional.of("%d of %d images are lacking, at most %d may%s"
                    .formatted(tally.lacking(), images, tolerance, example(tally)));
        }
        if (tally.lacking() == images) {
            return Optional.of("none of %d images was made%s".formatted(images, example(tally)));
        }
        return Optional.empty();
    }

    private static String example(ImageSetTally tally) {
        return tally.example() == null ? "" : " (" + tally.example() + ")";
    }
}
