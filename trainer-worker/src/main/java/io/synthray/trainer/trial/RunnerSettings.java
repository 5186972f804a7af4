package io.synthray.trainer.trial;

import io.synthray.imaging.store.ImageStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How trials are run here.
 *
 * @param version version of Synthray, for the provenance
 * @param cache directory where decoded real images are kept, if any
 * @param predictions store that tables of predictions go to, if any
 * @param wattsPerCore what one busy core draws, for the estimate of energy, if known
 */
public record RunnerSettings(
        String version, Optional<Path> cache, Optional<ImageStore> predictions, OptionalDouble wattsPerCore) {
    /** Keeps neither images nor predictions and estimates no energy. */
    public static RunnerSettings plain(String version) {
        return new RunnerSettings(version, Optional.empty(), Optional.empty(), OptionalDouble.empty());
    }
}
