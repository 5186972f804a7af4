package io.synthray.trainer.offline;

import picocli.CommandLine;

/** The program that {@code synthray train} starts: trains one trial and exits with 0, with 1 where it could not. */
public final class OfflineMain {
    private OfflineMain() {}

    /** Runs the trial that the arguments name. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new OfflineCommand()).execute(args));
    }
}
