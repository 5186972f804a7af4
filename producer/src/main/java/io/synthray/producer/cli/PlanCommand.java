package io.synthray.producer.cli;

import io.synthray.producer.plan.PlanSummary;
import io.synthray.producer.plan.Planner;
import io.synthray.producer.study.StudyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what submitting would publish. */
@Command(
        name = "plan",
        description = "Shows what would be published: image sets, images, trials, comparisons, and the work they are.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Study file (YAML).")
    private Path file;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PlanSummary summary = PlanSummary.of(new Planner().plan(StudyFile.read(file)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(summary.json());
        } else {
            summary.lines().forEach(out::println);
        }
        return ExitCode.OK;
    }
}
