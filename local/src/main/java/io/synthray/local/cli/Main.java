package io.synthray.local.cli;

import io.synthray.local.stack.StackException;
import io.synthray.producer.cli.ExitCode;
import io.synthray.producer.cli.SynthrayCommandLine;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The {@code synthray} command line with the commands that need a whole source tree: {@code demo}, {@code run}, {@code train}, {@code local}. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(create().execute(arguments));
    }

    static CommandLine create() {
        CommandLine synthray =
                SynthrayCommandLine.create(new DemoCommand(), new RunCommand(), new TrainCommand(), new LocalCommand());
        IExecutionExceptionHandler others = synthray.getExecutionExceptionHandler();
        return synthray.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof StackException || failure instanceof InterruptedException) {
                command.getErr().println("error: " + failure.getMessage());
                return ExitCode.FAILURE;
            }
            return others.handleExecutionException(failure, command, parsed);
        });
    }
}
