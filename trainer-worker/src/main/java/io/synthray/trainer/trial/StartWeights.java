package io.synthray.trainer.trial;

import io.synthray.event.Recipe;
import io.synthray.imaging.digest.Sha256;
import io.synthray.trainer.data.UnusableDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the file of weights that a training begins with, and makes sure that it is the planned one. */
final class StartWeights {
    private StartWeights() {}

    /**
     * The file's bytes; empty where weights begin by seed.
     *
     * @throws UnusableDataException when it cannot be read or is another one
     */
    static Optional<byte[]> of(Recipe recipe) {
        if (recipe.getStartWeights() == null) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(Path.of(recipe.getStartWeights()));
        } catch (IOException e) {
            throw new UnusableDataException(
                    "start weights: expected a file at %s, found none that can be read (%s)"
                            .formatted(recipe.getStartWeights(), e.getClass().getSimpleName()),
                    e);
        }
        String found = Sha256.hex(bytes);
        if (!found.equals(recipe.getStartWeightsSha256())) {
            throw new UnusableDataException(
                    "start weights: expected SHA-256 %s, found %s".formatted(recipe.getStartWeightsSha256(), found));
        }
        return Optional.of(bytes);
    }
}
