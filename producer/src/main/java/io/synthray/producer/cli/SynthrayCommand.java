package io.synthray.producer.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root: options that hold for every command. */
@Command(
        name = "synthray",
        description = "Would synthetic chest X-rays help my model? Plans, publishes and reports studies.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 failed (the message says why), 2 the command was not understood,",
            "3 a watched study had not ended when the time was up."
        })
final class SynthrayCommand implements Runnable {
    @Option(
            names = "--log-file",
            paramLabel = "FILE",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            defaultValue = "${env:SYNTHRAY_LOG_FILE:-${sys:user.home}/.synthray/synthray.log}",
            description = "Where client libraries log (default: SYNTHRAY_LOG_FILE or ~/.synthray/synthray.log).")
    private Path logFile;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command, found none");
    }

    void openLog() {
        LogFile.open(logFile);
    }

    Path logFile() {
        return logFile;
    }
}
