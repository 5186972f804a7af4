package io.synthray.producer.cli;

import io.synthray.producer.plan.PlannedStudy;
import io.synthray.producer.plan.Planner;
import io.synthray.producer.study.StudyFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a study file and its dataset and reports every fault at once. */
@Command(
        name = "validate",
        description = "Checks a study file and its dataset; reports every fault with line and column.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Study file (YAML).")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PlannedStudy study = new Planner().plan(StudyFile.read(file));
        PrintWriter out = spec.commandLine().getOut();
        study.warnings().forEach(warning -> out.println("warning: " + warning));
        out.println("%s: study %s is valid, plan hash %s"
                .formatted(file, study.plan().getStudy(), study.hash()));
        return ExitCode.OK;
    }
}
