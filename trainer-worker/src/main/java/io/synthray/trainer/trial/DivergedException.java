package io.synthray.trainer.trial;

import java.util.List;

/** A training whose loss is no longer a number. */
final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int NAMED = 4;

    /** @param images what the step was shown, or those of it of which the network says no number */
    DivergedException(int epoch, int step, double loss, List<String> images) {
        super(
                "training diverged: expected a finite loss in epoch %d, batch %d, found %s, with %s; a smaller learning rate may help"
                        .formatted(epoch, step + 1, loss, named(images)));
    }

    private static String named(List<String> images) {
        String first = String.join(", ", images.subList(0, Math.min(NAMED, images.size())));
        return images.size() <= NAMED ? first : "%s and %d more".formatted(first, images.size() - NAMED);
    }
}
