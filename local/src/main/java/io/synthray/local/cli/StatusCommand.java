package io.synthray.local.cli;

import io.synthray.local.stack.RunningStack;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the programs of the stack. */
@Command(
        name = "status",
        description =
                "Shows the programs of the stack, their ports, and whether they take work. Exit code 1 unless all do.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private DirectoryMixin where;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path directory = where.directory();
        Optional<RunningStack> stack = RunningStack.in(directory);
        if (stack.isEmpty()) {
            out.println(
                    (RunningStack.isInUse(directory) ? "a stack is starting in " : "no stack runs in ") + directory);
            return 1;
        }
        RunningStack running = stack.get();
        Map<String, Boolean> readiness = running.readiness();
        out.printf(
                "process %d, broker %s, registry %s%n",
                running.pid(), running.bootstrapServers(), running.registryUrl());
        running.ports()
                .forEach((name, port) ->
                        out.printf("  %-18s %5d  %s%n", name, port, readiness.get(name) ? "ready" : "not ready"));
        return readiness.containsValue(false) ? 1 : 0;
    }
}
