package io.synthray.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands of the local stack. */
@Command(
        name = "local",
        description =
                "Starts, shows and stops the stack of this machine: broker, registry, inference server, services.",
        mixinStandardHelpOptions = true,
        subcommands = {UpCommand.class, StatusCommand.class, DownCommand.class})
final class LocalCommand implements Runnable {
    static final String STACK = "local";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "local: expected up, status or down");
    }
}
