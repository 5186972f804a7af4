package io.synthray.local.stack;

import java.nio.file.Path;

/**
 * How a stack is set up.
 *
 * @param directory holds data, images, logs and state; one stack a directory
 * @param ports where it listens
 * @param modelRepository what the inference server serves
 */
public record StackOptions(Path directory, StackPorts ports, Path modelRepository) {
    /** Makes the directory absolute. */
    public StackOptions {
        directory = directory.toAbsolutePath().normalize();
    }

    /** Image store. */
    public Path store() {
        return directory.resolve("images");
    }

    /** What the programs say. */
    public Path logs() {
        return directory.resolve("logs");
    }
}
