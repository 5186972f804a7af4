package io.synthray.local.cli;

import io.synthray.local.stack.RunningStack;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the stack. */
@Command(
        name = "down",
        description = "Stops the stack and waits until it has ended. Its data stays.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Mixin
    private DirectoryMixin where;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path directory = where.directory();
        Optional<RunningStack> stack = RunningStack.in(directory);
        if (stack.isEmpty() && RunningStack.isInUse(directory)) {
            out.println("a stack is starting in " + directory + "; try again when it has started");
            return 1;
        }
        if (stack.isEmpty()) {
            out.println("no stack runs in " + directory);
            return 0;
        }
        stack.get().stop(PATIENCE);
        out.println("stopped");
        return 0;
    }
}
