package io.synthray.producer.cli;

import io.synthray.event.ControlWord;
import io.synthray.event.StudyPlan;
import io.synthray.producer.broker.Platform;
import io.synthray.producer.submit.ControlWriter;
import io.synthray.producer.submit.SubmittedStudies;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops, pauses or resumes a study or one of its arms. */
@Command(
        name = "control",
        description = "Stops, pauses or resumes a study or one of its arms."
                + " The strongest standing word of all issuers counts: stop, then pause, then run.",
        mixinStandardHelpOptions = true)
final class ControlCommand implements Callable<Integer> {
    private static final String EVERY_ARM = "*";

    @Parameters(index = "0", paramLabel = "STUDY[/ARM]", description = "The study, or one arm of it.")
    private String subject;

    @Parameters(index = "1", paramLabel = "WORD", description = "stop, pause or run.")
    private ControlWord word;

    @Mixin
    private PlatformOptions options;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; the report shows it.")
    private String reason;

    @Option(
            names = "--issuer",
            paramLabel = "NAME",
            defaultValue = "cli",
            description = "Who says so; a new word takes the place of the same issuer's last (default: cli).")
    private String issuer;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Platform platform = options.platform();
        int slash = subject.indexOf('/');
        String study = slash < 0 ? subject : subject.substring(0, slash);
        String arm = slash < 0 ? EVERY_ARM : subject.substring(slash + 1);
        platform.checkReadable();
        StudyPlan plan = new SubmittedStudies(platform).get(study).getPlan();
        List<String> arms = plan.getArms().stream().map(a -> a.getName()).toList();
        if (!arm.equals(EVERY_ARM) && !arms.contains(arm)) {
            throw new CommandException(
                    "expected an arm of study %s (%s), found '%s'".formatted(study, String.join(", ", arms), arm));
        }
        new ControlWriter(platform).write(study, arm, issuer, word, reason);
        spec.commandLine().getOut().println("%s %s: %s".formatted(word, subject, reason));
        return ExitCode.OK;
    }
}
