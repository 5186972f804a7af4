package io.synthray.local.cli;

import io.synthray.local.stack.StackOptions;
import io.synthray.producer.builtin.BuiltInStudies;
import io.synthray.producer.plan.PlannedStudy;
import io.synthray.producer.plan.Planner;
import io.synthray.producer.study.StudyFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The demonstration. */
@Command(
        name = "demo",
        description = {
            "Starts everything on this machine, runs the built-in study, shows its progress, prints the statistics and",
            "writes a report with pictures. Takes a few minutes on two cores. Each demo begins anew."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String STACK = "demo";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Radiographs to run the study on: images/, masks/, index.csv (default: the built-in phantom).")
    private Path data;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the HTML report goes (default: .synthray/demo/report.html in the project).")
    private Path report;

    @Mixin
    private StackMixin stack;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        StudyFile file = data == null ? BuiltInStudies.demo() : BuiltInStudies.demoOn(data);
        PlannedStudy study = new Planner().plan(file);
        StackOptions options = stack.withFreePorts(STACK).begunAnew();
        return new StackSession(spec.commandLine().getOut()).run(study, options, report);
    }
}
