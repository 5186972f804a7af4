package io.synthray.producer.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** How a command ended. */
record Ended(int exitCode, String out, String err) {

    /** Runs the command line as a user would; its log goes to the directory, and no stack trace to the user. */
    static Ended of(Path directory, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine synthray = SynthrayCommandLine.create();
        synthray.setOut(new PrintWriter(out));
        synthray.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(
                List.of("--log-file", directory.resolve("synthray.log").toString()));
        all.addAll(Arrays.asList(arguments));
        int exitCode = synthray.execute(all.toArray(String[]::new));
        assertFalse(err.toString().contains("\tat "), err::toString);
        assertFalse(err.toString().contains("should not have happened"), err::toString);
        return new Ended(exitCode, out.toString(), err.toString());
    }

    /** The same for a command of a group, {@code data describe}. */
    static Ended ofGroup(Path directory, String group, String... arguments) {
        List<String> all = new ArrayList<>(List.of(group));
        all.addAll(Arrays.asList(arguments));
        return of(directory, all.toArray(String[]::new));
    }
}
