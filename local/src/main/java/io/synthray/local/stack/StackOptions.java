package io.synthray.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a stack is set up.
 *
 * @param directory holds data, images, logs and state; one stack a directory
 * @param ports where it listens
 * @param modelRepository what the inference server serves
 * @param triton whether NVIDIA's Triton samples, and not the embedded server
 * @param fresh whether what an earlier stack left in the directory is deleted first
 */
public record StackOptions(Path directory, StackPorts ports, Path modelRepository, boolean triton, boolean fresh) {
    static final String EMBEDDER = "embedder";

    /** Makes the directory absolute. */
    public StackOptions {
        directory = directory.toAbsolutePath().normalize();
    }

    /** A stack that goes on with what is in its directory. */
    public StackOptions(Path directory, StackPorts ports, Path modelRepository) {
        this(directory, ports, modelRepository, false, false);
    }

    /** The same, beginning anew. */
    public StackOptions begunAnew() {
        return new StackOptions(directory, ports, modelRepository, triton, true);
    }

    /** The same, with NVIDIA's Triton or the embedded server. */
    public StackOptions withTriton(boolean wanted) {
        return new StackOptions(directory, ports, modelRepository, wanted, fresh);
    }

    /** Whether the repository has weights of the embedder, so that images can have features. */
    boolean hasEmbedder() {
        return Files.isRegularFile(
                modelRepository.resolve(EMBEDDER).resolve("1").resolve("model.onnx"));
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
