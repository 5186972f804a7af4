package io.synthray.producer.cli;

import picocli.AutoComplete;
import picocli.CommandLine;

/** The {@code synthray} command line as a whole. */
public final class SynthrayCommandLine {
    private SynthrayCommandLine() {}

    /**
     * The command line with all commands of this library and some more. Errors of any command become messages without stack traces and
     * the codes of {@link ExitCode}; logs of client libraries go to a file.
     *
     * @param more further commands, objects with picocli's {@code @Command} whose name is set
     */
    public static CommandLine create(Object... more) {
        CommandLine synthray = new CommandLine(new SynthrayCommand());
        synthray.addSubcommand(new ValidateCommand());
        synthray.addSubcommand(new PlanCommand());
        synthray.addSubcommand(new SetupCommand());
        synthray.addSubcommand(new SubmitCommand());
        synthray.addSubcommand(new WatchCommand());
        synthray.addSubcommand(new ReportCommand());
        synthray.addSubcommand(new ControlCommand());
        synthray.addSubcommand(new DataCommand());
        synthray.addSubcommand(new StatsCommand());
        for (Object command : more) {
            synthray.addSubcommand(command);
        }
        synthray.addSubcommand(new AutoComplete.GenerateCompletion());
        Failures failures = new Failures();
        synthray.setExecutionStrategy(parsed -> {
            ((SynthrayCommand) parsed.commandSpec().root().userObject()).openLog();
            return new CommandLine.RunLast().execute(parsed);
        });
        synthray.setExecutionExceptionHandler(failures);
        synthray.setParameterExceptionHandler(failures);
        synthray.setCaseInsensitiveEnumValuesAllowed(true);
        synthray.setUsageHelpAutoWidth(true);
        return synthray;
    }

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(create().execute(arguments));
    }
}
