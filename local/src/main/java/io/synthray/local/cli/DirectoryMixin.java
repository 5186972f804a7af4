package io.synthray.local.cli;

import io.synthray.local.platform.Distribution;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Names the stack that a command means. */
final class DirectoryMixin {
    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "The stack's directory (default: .synthray/local in the project).")
    private Path directory;

    Path directory() {
        return directory != null
                ? directory.toAbsolutePath().normalize()
                : Distribution.current().root().resolve(".synthray").resolve(LocalCommand.STACK);
    }
}
