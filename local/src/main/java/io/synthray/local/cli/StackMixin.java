package io.synthray.local.cli;

import io.synthray.local.platform.Distribution;
import io.synthray.local.stack.StackOptions;
import io.synthray.local.stack.StackPorts;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that starts a stack. */
final class StackMixin {
    private static final int MOST_WORKERS = 16;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "Where the stack keeps data, images and logs (default: a folder of .synthray in the project).")
    private Path directory;

    @Option(
            names = "--base-port",
            paramLabel = "PORT",
            description = "First of the 50 ports in a row that the stack may use, 1024 to 65485.")
    private Integer basePort;

    @Option(
            names = "--generators",
            defaultValue = "1",
            paramLabel = "N",
            description = "Generator workers, 1 to 16 (default: ${DEFAULT-VALUE}).")
    private int generators;

    @Option(
            names = "--trainers",
            defaultValue = "1",
            paramLabel = "N",
            description = "Trainer workers, 1 to 16 (default: ${DEFAULT-VALUE}).")
    private int trainers;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Triton model repository to serve (default: the one that comes with Synthray).")
    private Path models;

    @Option(
            names = "--triton",
            description =
                    "Sample with NVIDIA's Triton, which is installed on first use, and not with the embedded server."
                            + " Needs Linux and Python 3.11 or 3.12.")
    private boolean triton;

    Path directory(String name) {
        return directory != null
                ? directory.toAbsolutePath().normalize()
                : Distribution.current().root().resolve(".synthray").resolve(name);
    }

    /** Options of a stack with the ports of {@link StackPorts#standard} unless there is a base port. */
    StackOptions withStandardPorts(String name) {
        return options(name, StackPorts.standard(workers("--generators", generators), workers("--trainers", trainers)));
    }

    /** Options of a stack with free ports unless there is a base port. */
    StackOptions withFreePorts(String name) {
        return options(name, StackPorts.free(workers("--generators", generators), workers("--trainers", trainers)));
    }

    private StackOptions options(String name, StackPorts otherwise) {
        StackPorts ports = Optional.ofNullable(basePort).map(this::from).orElse(otherwise);
        return new StackOptions(
                        directory(name),
                        ports,
                        models == null
                                ? Distribution.current().modelRepository()
                                : models.toAbsolutePath().normalize())
                .withTriton(triton);
    }

    private StackPorts from(int base) {
        try {
            return StackPorts.from(base, generators, trainers);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--base-port: " + e.getMessage());
        }
    }

    private int workers(String option, int count) {
        if (count < 1 || count > MOST_WORKERS) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s: expected 1 to %d workers, found %d".formatted(option, MOST_WORKERS, count));
        }
        return count;
    }
}
