package io.synthray.trainer.trial;

/** A training whose loss is no longer a number. */
final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(int step, double loss) {
        super("training diverged: expected a finite loss at step %d, found %s; a smaller learning rate may help"
                .formatted(step + 1, loss));
    }
}
