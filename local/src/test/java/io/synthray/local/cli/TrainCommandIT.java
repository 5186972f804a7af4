package io.synthray.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synthray.local.platform.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandIT {
    @TempDir
    Path directory;

    @Test
    void trainsOneTrialOfAStudy() throws Exception {
        Path out = directory.resolve("out");
        Command train = Command.run(
                directory,
                "train",
                study("phantom, train: 20, test: 4").toString(),
                "--arm=augmented",
                "--repeat=2",
                "--out=" + out);
        assertEquals(0, train.exitCode(), train.said());
        assertTrue(train.said().contains("epoch 2 of 2, step 20 of 20: loss "), train.said());
        assertTrue(train.said().contains("offline/augmented/2 on 4 test images"), train.said());
        assertTrue(Files.size(out.resolve("network.safetensors")) > 10_000);
        assertTrue(Files.readString(out.resolve("result.json")).contains("\"status\": \"COMPLETED\""));
    }

    @Test
    void faultsAreSaidByLine() throws Exception {
        Path study = study("phantom, train: 20, test: 4");
        Command none = Command.run(directory, "train", study.toString());
        assertEquals(1, none.exitCode(), none.said());
        assertTrue(
                none.said().contains(study + ":9:3: arms: expected --arm with one of plain, augmented, found none"),
                none.said());
        Command threads = Command.run(directory, "train", study.toString(), "--arm=plain", "--threads=0");
        assertEquals(2, threads.exitCode(), threads.said());
        assertTrue(threads.said().contains("--threads: expected 1 or more, found 0"), threads.said());
    }

    @Test
    void trainsOnRealRadiographs() throws Exception {
        Path jsrt = Distribution.current().root().resolve("../shared/data/jsrt").normalize();
        assumeTrue(Files.isDirectory(jsrt), "the JSRT radiographs are not at " + jsrt);
        Command train = Command.run(
                directory,
                "train",
                study("folder, test-limit: 4, path: " + jsrt).toString(),
                "--arm=plain",
                "--json");
        assertEquals(0, train.exitCode(), train.said());
        assertTrue(train.said().contains("\"testImages\": 4"), train.said());
    }

    private Path study(String dataset) throws IOException {
        return Files.writeString(
                directory.resolve("trial.yaml"),
                """
                study: offline
                seed: 4
                dataset: {kind: %s}
                task: segmentation
                targets: [left-lung, right-lung]
                real-images: 4
                model: {width: 4, depth: 2, steps: 20, steps-per-epoch: 10, batch-size: 2}
                arms:
                  - name: plain
                  - name: augmented
                    augmentation: {rotation: 5, flip: true, elastic: {alpha: 20, sigma: 4}}
                """
                        .formatted(dataset));
    }
}
