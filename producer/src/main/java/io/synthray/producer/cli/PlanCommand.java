package io.synthray.producer.cli;

import io.synthray.producer.plan.PlanSummary;
import io.synthray.producer.plan.PlannedStudy;
import io.synthray.producer.plan.Planner;
import io.synthray.producer.study.StudyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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

    @Option(
            names = "--cases",
            paramLabel = "REPEAT",
            description =
                    "Print only the ids of this repeat's real images, one a line, as `models train --cases` takes them.")
    private Integer repeat;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PlannedStudy planned = new Planner().plan(StudyFile.read(file));
        PrintWriter out = spec.commandLine().getOut();
        if (repeat != null) {
            cases(planned).forEach(out::println);
            return ExitCode.OK;
        }
        PlanSummary summary = PlanSummary.of(planned);
        if (json) {
            out.println(summary.json());
        } else {
            summary.lines().forEach(out::println);
        }
        return ExitCode.OK;
    }

    private List<String> cases(PlannedStudy planned) {
        int repeats = planned.plan().getRepeats();
        if (repeat < 1 || repeat > repeats) {
            throw new CommandException("--cases: expected a repeat from 1 to %d, found %d".formatted(repeats, repeat));
        }
        return planned.requests().realImages(repeat);
    }
}
