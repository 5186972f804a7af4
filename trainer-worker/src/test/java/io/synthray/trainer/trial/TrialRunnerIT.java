package io.synthray.trainer.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synthray.event.TrialRequest;
import io.synthray.trainer.metric.TestScores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole trials: what they learn, and that they learn it alike everywhere. */
class TrialRunnerIT {
    private static final List<String> LUNGS_AND_HEART = List.of("left-lung", "right-lung", "heart");

    @Test
    void learnsLungsAndHeartFromEightPhantoms() {
        double dice = LocalScores.mean(Trials.phantoms("s", 1, 8, 24, 150));
        // Seen: 0.93.
        assertTrue(dice > 0.88, "Dice " + dice);
    }

    @Test
    void learnsFindingsOfPhantoms() {
        double f1 = LocalScores.mean(Trials.phantomFindings("s", 160, 100, 150));
        // Always saying yes would give about 0.3.
        assertTrue(f1 > 0.45, "F1 " + f1);
    }

    @Test
    void learnsRealRadiographsAndMoreWithAugmentation() {
        Path jsrt = Path.of(System.getProperty("synthray.root", "..")).resolve("../shared/data/jsrt");
        assumeTrue(Files.isDirectory(jsrt), "the JSRT radiographs are not at " + jsrt);
        TrialRequest real = Trials.folder("s", 1, jsrt, 8, 200, LUNGS_AND_HEART);
        double alone = LocalScores.mean(real);
        double augmented = LocalScores.mean(
                TrialRequest.newBuilder(real).setAugmentation(Trials.strong()).build());
        // Seen: 0.914 and 0.940.
        assertTrue(alone > 0.87, "Dice " + alone);
        assertTrue(augmented > alone, "Dice " + alone + ", with augmentation " + augmented);
    }

    @Test
    void anotherProcessGetsTheSameBits() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-cp",
                        System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                        LocalScores.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String theirs = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        TestScores ours = LocalScores.of(Trials.phantoms("other-process", 1, 4, 6, 20));
        assertEquals(ours.metrics() + " " + ours.cases(), theirs.strip());
    }
}
