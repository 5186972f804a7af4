package io.synthray.trainer.trial;

import io.synthray.imaging.digest.Sha256;
import io.synthray.trainer.data.UnusableDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a plan names, of which every trainer must read the same bytes. */
final class PlannedFile {
    private PlannedFile() {}

    /**
     * The file's bytes.
     *
     * @param what it is, for errors
     * @param sha256 in hexadecimal, of the planned bytes
     * @throws UnusableDataException when it cannot be read or is another one
     */
    static byte[] read(String what, String path, String sha256) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(Path.of(path));
        } catch (IOException e) {
            throw new UnusableDataException(
                    "%s: expected a file at %s, found none that can be read (%s)"
                            .formatted(what, path, e.getClass().getSimpleName()),
                    e);
        }
        String found = Sha256.hex(bytes);
        if (!found.equals(sha256)) {
            throw new UnusableDataException("%s: expected SHA-256 %s, found %s".formatted(what, sha256, found));
        }
        return bytes;
    }
}
