package io.synthray.local.cli;

import io.synthray.local.stack.LocalStack;
import io.synthray.producer.plan.PlannedStudy;
import io.synthray.producer.references.EmbeddedReferences;
import io.synthray.producer.report.HtmlReport;
import io.synthray.producer.report.ResultsReader;
import io.synthray.producer.report.StatisticsTable;
import io.synthray.producer.report.StudyResults;
import io.synthray.producer.submit.References;
import io.synthray.producer.submit.SubmitOutcome;
import io.synthray.producer.submit.Submitter;
import io.synthray.producer.watch.StudyWatch;
import io.synthray.producer.watch.WatchOutcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Takes a study from its plan to its report on a running stack. */
final class StudyRun {
    private final LocalStack stack;
    private final PrintWriter out;

    StudyRun(LocalStack stack, PrintWriter out) {
        this.stack = stack;
        this.out = out;
    }

    /**
     * Submits, shows progress, prints the statistics, writes the report.
     *
     * @param report where the HTML goes
     * @return whether every trial has completed
     */
    boolean run(PlannedStudy study, Path report) {
        String id = study.plan().getStudy();
        submit(study);
        WatchOutcome outcome =
                new StudyWatch(stack.platform(), out, StudyWatch.Style.fitting()).watch(id, Optional.empty());
        StudyResults results = new ResultsReader(stack.platform()).read(id);
        out.println();
        StatisticsTable.lines(results).forEach(out::println);
        HtmlReport.withRealPictures().write(results, report);
        out.println();
        out.println("report: " + report);
        out.flush();
        return outcome == WatchOutcome.COMPLETE;
    }

    private void submit(PlannedStudy study) {
        References references = EmbeddedReferences.at(stack.inferenceServer());
        SubmitOutcome outcome = new Submitter(stack.platform(), references).submit(study, (published, planned) -> {
            out.println("published %d of %d generation requests".formatted(published, planned));
            out.flush();
        });
        if (outcome instanceof SubmitOutcome.AlreadySubmitted) {
            out.println("study %s had been submitted before; its plan is the same"
                    .formatted(study.plan().getStudy()));
        }
        out.flush();
    }
}
