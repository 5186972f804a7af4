package io.synthray.local.cli;

import io.synthray.local.platform.Distribution;
import io.synthray.local.stack.LocalStack;
import io.synthray.local.stack.RunningStack;
import io.synthray.local.stack.StackOptions;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Starts the stack and keeps it running. */
@Command(
        name = "up",
        description = {
            "Starts the stack and keeps it running until Ctrl-C, or until 'local down'.",
            "Started again in the same directory, it goes on with its studies."
        },
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private StackMixin stack;

    @Option(
            names = {"-d", "--detach"},
            description = "Return when the stack is ready, and leave it running.")
    private boolean detach;

    @Option(names = "--detached", hidden = true, description = "This is the process that '--detach' leaves running.")
    private boolean detached;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        StackOptions options = stack.withStandardPorts(LocalCommand.STACK);
        return detach ? startDetached(options) : runHere(options);
    }

    private Integer runHere(StackOptions options) throws InterruptedException {
        if (detached) {
            // Neither Ctrl-C for the next command of the same shell nor the end of the terminal is meant for the stack.
            for (String signal : List.of("INT", "HUP")) {
                Signal.handle(new Signal(signal), SignalHandler.SIG_IGN);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch never = new CountDownLatch(1);
        try (StackGuard guard = new StackGuard()) {
            LocalStack running = guard.start(options, new ConsoleListener(out));
            describe(
                    out,
                    running.platform().kafka().bootstrapServers(),
                    running.platform().registry().url().toString());
            out.println("Ctrl-C stops it");
            out.flush();
            never.await();
        }
        return 0;
    }

    private Integer startDetached(StackOptions options) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path log = options.logs().resolve("stack.log");
        Files.createDirectories(log.getParent());
        Process process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile())
                .start();
        LogTail tail = new LogTail(log, out);
        while (true) {
            boolean alive = process.isAlive();
            tail.copyNew();
            if (!alive) {
                return process.exitValue();
            }
            Optional<RunningStack> running = RunningStack.in(options.directory());
            if (running.isPresent() && running.get().pid() == process.pid()) {
                out.println("the stack runs as process " + process.pid() + "; ./synthray local down stops it");
                out.flush();
                return 0;
            }
            Thread.sleep(200);
        }
    }

    /** The same command line once more, for the process that stays. */
    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx96m");
        command.add("-XX:+UseSerialGC");
        command.add("-Dsynthray.root=" + Distribution.current().root());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        spec.commandLine().getParseResult().originalArgs().stream()
                .filter(argument -> !argument.equals("-d") && !argument.equals("--detach"))
                .forEach(command::add);
        command.add("--detached");
        return command;
    }

    private static void describe(PrintWriter out, String bootstrapServers, String registryUrl) {
        out.printf("ready: broker %s, registry %s%n", bootstrapServers, registryUrl);
    }
}
