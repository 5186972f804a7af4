package io.synthray.local.platform;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A process of ours that speaks to the user's terminal itself. It ends with us, however we end. */
public final class Foreground {
    private Foreground() {}

    /**
     * Runs a program to its end.
     *
     * @return its exit code
     * @throws UncheckedIOException when the operating system cannot start it
     */
    public static int run(Program program, Distribution distribution) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(program.command(distribution.leash()))
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + program.name() + ": " + e.getMessage(), e);
        }
    }
}
