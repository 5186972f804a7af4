package io.synthray.trainer.data;

import io.synthray.event.TrialRequest;
import java.util.List;

/** Where the synthetic images of trials are read. */
@FunctionalInterface
public interface SyntheticSource {
    /**
     * The trial's synthetic images, in an order that is always the same; none where the trial names no manifest.
     *
     * @throws UnusableDataException when they are not what they should be
     * @throws UnavailableDataException when they cannot be read at present
     */
    List<Example> of(TrialRequest trial);
}
