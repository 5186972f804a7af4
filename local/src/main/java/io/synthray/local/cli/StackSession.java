package io.synthray.local.cli;

import io.synthray.local.stack.LocalStack;
import io.synthray.local.stack.StackOptions;
import io.synthray.producer.cli.ExitCode;
import io.synthray.producer.plan.PlannedStudy;
import io.synthray.producer.plan.WorkEstimate;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Starts a stack for one study and stops it afterwards, whatever happens. */
final class StackSession {
    private final PrintWriter out;

    StackSession(PrintWriter out) {
        this.out = out;
    }

    /**
     * Runs the study.
     *
     * @param report where the HTML goes; null for {@code report.html} in the stack's directory
     * @return the process's exit code: 0 when every trial has completed, 1 otherwise
     */
    int run(PlannedStudy study, StackOptions options, Path report) throws InterruptedException {
        WorkEstimate work = WorkEstimate.of(study);
        out.println(study.plan().getTitle());
        out.println("%d images to make, %d trainings, %d comparisons"
                .formatted(work.images(), work.trials(), work.comparisons()));
        study.warnings().forEach(warning -> out.println("note: " + warning));
        out.flush();
        try (StackGuard guard = new StackGuard()) {
            LocalStack stack = guard.start(options, new ConsoleListener(out));
            Path html = report == null ? options.directory().resolve("report.html") : report.toAbsolutePath();
            return new StudyRun(stack, out).run(study, html) ? ExitCode.OK : ExitCode.FAILURE;
        }
    }
}
