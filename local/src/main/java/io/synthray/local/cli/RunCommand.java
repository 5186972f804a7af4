package io.synthray.local.cli;

import io.synthray.producer.plan.PlannedStudy;
import io.synthray.producer.plan.Planner;
import io.synthray.producer.study.StudyFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one study from file to report on this machine. */
@Command(
        name = "run",
        description = {
            "Starts a stack of its own on this machine, runs a study on it, prints the statistics, writes a report, and stops.",
            "Run again after it was interrupted, it goes on where it stopped."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Study file.")
    private Path file;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the HTML report goes (default: report.html in the stack's directory).")
    private Path report;

    @Mixin
    private StackMixin stack;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PlannedStudy study = new Planner().plan(StudyFile.read(file));
        String directory = "run-" + study.plan().getStudy();
        return new StackSession(spec.commandLine().getOut()).run(study, stack.withFreePorts(directory), report);
    }
}
