package io.synthray.trainer.offline;

import io.synthray.event.Checkpoint;
import io.synthray.event.TrialRequest;
import io.synthray.event.TrialResult;
import io.synthray.imaging.digest.Sha256;
import io.synthray.trainer.data.UnusableDataException;
import io.synthray.trainer.trial.Checkpoints;
import io.synthray.trainer.trial.PredictionTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** What a trial leaves behind: the state of its last epoch, the network, predictions, the result. Every file is there whole or not at all. */
final class TrialFolder {
    private static final int NAMED_BY = 16;

    private final Path folder;

    /** @param folder is made where it is not there */
    TrialFolder(Path folder) {
        this.folder = folder;
    }

    /** The tested network in the safetensors format. */
    void keepNetwork(byte[] network) {
        write("network.safetensors", network);
    }

    /** The result as JSON and, of a completed trial, the table of predictions. */
    void keep(TrialResult result) {
        if (!result.getCases().isEmpty()) {
            write("predictions.csv", PredictionTable.of(result.getCases()));
        }
        write("result.json", (result + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** States of trainings, one file each. */
    Checkpoints checkpoints() {
        return new Checkpoints() {
            @Override
            public Optional<Checkpoint> keep(String training, int step, byte[] state) {
                Path file = write(name(training), state);
                return Optional.of(new Checkpoint(file.toUri().toString(), Sha256.hex(state), training, step));
            }

            @Override
            public Optional<byte[]> last(TrialRequest trial, String training) {
                Path file = folder.resolve(name(training));
                try {
                    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
                } catch (IOException e) {
                    throw new UnusableDataException("%s: cannot be read (%s)".formatted(file, e), e);
                }
            }
        };
    }

    private static String name(String training) {
        return "checkpoint-" + training.substring(0, NAMED_BY);
    }

    private Path write(String name, byte[] bytes) {
        Path file = folder.toAbsolutePath().resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Path part = Files.createTempFile(file.getParent(), "." + name, ".part");
            Files.write(part, bytes);
            return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UnusableDataException("%s: cannot be written (%s)".formatted(file, e), e);
        }
    }
}
