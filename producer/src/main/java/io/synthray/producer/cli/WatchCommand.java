package io.synthray.producer.cli;

import io.synthray.producer.watch.StudyWatch;
import io.synthray.producer.watch.WatchOutcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a study's progress until it has ended. */
@Command(
        name = "watch",
        description =
                "Shows a study's progress until it has ended. Exit code 0: every trial completed; 1: one has not; 3: time-out.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "STUDY", description = "Id of a study that has been submitted.")
    private String study;

    @Mixin
    private PlatformOptions options;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long at most: 90s, 30m, 8h (default: no limit).")
    private Duration timeout;

    @Option(names = "--lines", description = "Print plain lines, also on a terminal.")
    private boolean lines;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        StudyWatch.Style style = lines ? StudyWatch.Style.LINES : StudyWatch.Style.fitting();
        WatchOutcome outcome =
                new StudyWatch(options.platform(), out, style).watch(study, Optional.ofNullable(timeout));
        PrintWriter err = spec.commandLine().getErr();
        return switch (outcome) {
            case COMPLETE -> {
                out.println("study %s is complete. See it with: synthray report %s".formatted(study, study));
                yield ExitCode.OK;
            }
            case FAILED -> {
                err.println("error: study %s has ended, and not all of its trials have completed".formatted(study));
                yield ExitCode.FAILURE;
            }
            case TIMED_OUT -> {
                err.println("error: study %s had not ended when the time was up".formatted(study));
                yield ExitCode.TIMED_OUT;
            }
        };
    }
}
