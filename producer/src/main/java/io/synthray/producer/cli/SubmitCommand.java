package io.synthray.producer.cli;

import io.synthray.producer.broker.Platform;
import io.synthray.producer.plan.PlannedStudy;
import io.synthray.producer.plan.Planner;
import io.synthray.producer.references.EmbeddedReferences;
import io.synthray.producer.study.StudyFile;
import io.synthray.producer.submit.SubmitOutcome;
import io.synthray.producer.submit.Submitter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes a study. */
@Command(
        name = "submit",
        description =
                "Publishes a study. Killed half-way, it goes on when it is run again; run again later, it changes nothing.",
        mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Study file (YAML).")
    private Path file;

    @Mixin
    private PlatformOptions options;

    @Mixin
    private InferenceMixin inference;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Platform platform = options.platform();
        PlannedStudy study = new Planner().plan(StudyFile.read(file));
        PrintWriter out = spec.commandLine().getOut();
        study.warnings().forEach(warning -> out.println("warning: " + warning));
        out.println("submitting study %s, plan hash %s".formatted(study.plan().getStudy(), study.hash()));
        SubmitOutcome outcome = new Submitter(platform, new EmbeddedReferences(inference.server()))
                .submit(
                        study,
                        (published, planned) -> out.println(
                                String.format(Locale.ROOT, "  %,d of %,d requests published", published, planned)));
        out.println(sentence(study, outcome));
        return ExitCode.OK;
    }

    private static String sentence(PlannedStudy study, SubmitOutcome outcome) {
        String id = study.plan().getStudy();
        if (outcome instanceof SubmitOutcome.Submitted submitted) {
            String found = submitted.found() == 0
                    ? ""
                    : String.format(Locale.ROOT, " (%,d were there from an earlier submit)", submitted.found());
            return String.format(
                    Locale.ROOT,
                    "study %s is submitted: %,d requests published%s. Follow it with: synthray watch %s",
                    id,
                    submitted.published(),
                    found,
                    id);
        }
        return "study %s has already been submitted with this very plan; nothing was changed".formatted(id);
    }
}
