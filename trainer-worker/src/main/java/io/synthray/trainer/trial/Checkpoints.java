package io.synthray.trainer.trial;

import io.synthray.event.Checkpoint;
import io.synthray.event.TrialRequest;
import java.util.Optional;

/** Where states of trainings are kept. */
public interface Checkpoints {
    /**
     * Keeps a state.
     *
     * @param training what it is a state of: request, engine and threads
     * @param step optimiser steps done
     * @return where it is; empty where it could not be kept, which only costs time if the training is interrupted
     */
    Optional<Checkpoint> keep(String training, int step, byte[] state);

    /**
     * The last state of a training that was kept, by any worker.
     *
     * @return empty where there is none or it is no longer to be had: the training then begins at its beginning
     */
    Optional<byte[]> last(TrialRequest trial, String training);

    /** Keeps nothing. */
    static Checkpoints none() {
        return new Checkpoints() {
            @Override
            public Optional<Checkpoint> keep(String training, int step, byte[] state) {
                return Optional.empty();
            }

            @Override
            public Optional<byte[]> last(TrialRequest trial, String training) {
                return Optional.empty();
            }
        };
    }
}
