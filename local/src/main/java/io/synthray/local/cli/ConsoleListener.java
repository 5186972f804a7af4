package io.synthray.local.cli;

import io.synthray.local.stack.StackListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tells a person what the stack is doing, a line for each change. */
final class ConsoleListener implements StackListener {
    private final PrintWriter out;

    ConsoleListener(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void waitingFor(List<String> programs) {
        say("waiting for " + String.join(", ", programs));
    }

    @Override
    public void ready(String program, Duration after) {
        say(String.format(Locale.ROOT, "  %-12s ready after %.1f s", program, after.toMillis() / 1000.0));
    }

    @Override
    public void restarting(String program, int exitCode) {
        say("%s ended with exit code %d and is started again".formatted(program, exitCode));
    }

    @Override
    public void stopping() {
        say("stopping");
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
