package io.synthray.trainer.trial;

import java.util.List;

/** A training whose loss is no longer a number. */
final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int NAMED = 4;

    private DivergedException(String found) {
        super("training diverged: %s; a smaller learning rate may help".formatted(found));
    }

    /**
     * A step cannot be made.
     *
     * @param batch within the epoch, 1..
     * @param loss NaN also where the loss is a number and its gradient is not
     * @param images what the step was shown, or those of it of which the network says no number
     */
    static DivergedException inStep(int epoch, int batch, double loss, List<String> images) {
        return new DivergedException("expected a finite loss and gradient in epoch %d, batch %d, found %s, with %s"
                .formatted(epoch, batch, loss, named(images)));
    }

    /** The network says no number of these images. */
    static DivergedException inPrediction(List<String> images) {
        return new DivergedException(
                "expected numbers of the trained network, found NaN for %s".formatted(named(images)));
    }

    private static String named(List<String> images) {
        String first = String.join(", ", images.subList(0, Math.min(NAMED, images.size())));
        return images.size() <= NAMED ? first : "%s and %d more".formatted(first, images.size() - NAMED);
    }
}
