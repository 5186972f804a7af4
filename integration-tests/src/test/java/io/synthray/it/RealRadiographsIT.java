package io.synthray.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synthray.local.platform.Distribution;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on real radiographs, as a user runs it: one command, one process, a report. */
class RealRadiographsIT {
    private static final Pattern DICE = Pattern.compile("trial (\\S+) completed: dice (0\\.[0-9]+)");

    @TempDir
    Path directory;

    @Test
    void aStudyOnRealRadiographsRunsFromOneCommand() throws Exception {
        Path root = Distribution.current().root();
        Path data = root.resolve("../shared/data/jsrt").normalize();
        assumeTrue(Files.isDirectory(data), data + " is absent: the study on real radiographs is skipped");
        Path study = Files.writeString(directory.resolve("study.yaml"), SmallStudies.radiographs(data));
        Path report = directory.resolve("report.html");
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-Dsynthray.root=" + root,
                        "-jar",
                        root.resolve("local/target/synthray-local.jar").toString(),
                        "run",
                        study.toString(),
                        "--directory=" + directory.resolve("stack"),
                        "--report=" + report))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        boolean ended = process.waitFor(8, TimeUnit.MINUTES);
        process.destroy();
        String said = Files.readString(output);
        assertTrue(ended, said);
        assertEquals(0, process.exitValue(), said);

        Matcher trials = DICE.matcher(said);
        assertEquals(6, trials.results().count(), said);
        trials.reset();
        trials.results()
                .forEach(trial -> assertTrue(Double.parseDouble(trial.group(2)) > 0.6, "learnt: " + trial.group()));
        assertTrue(said.contains("real+synthetic - real+augmentation"), said);
        String html = Files.readString(report, StandardCharsets.UTF_8);
        assertTrue(html.contains("data:image/png;base64,"), "the report has pictures");
        assertTrue(html.contains("<svg"), "the report has a plot");
        assertFalse(html.contains("JPCLN") || html.contains("JPCNN"), "no id of a case is in the report");
        assertFalse(
                Files.readString(directory.resolve("stack/logs/trainer-1.log")).contains("JPC"), "nor in logs");
    }
}
