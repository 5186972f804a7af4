package io.synthray.trainer.trial;

import static io.synthray.trainer.trial.Outcomes.completed;
import static io.synthray.trainer.trial.Outcomes.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.CaseResult;
import io.synthray.event.Dataset;
import io.synthray.event.Metric;
import io.synthray.event.Network;
import io.synthray.event.Recipe;
import io.synthray.event.TargetDecisions;
import io.synthray.event.Task;
import io.synthray.event.Training;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.dataset.CaseKey;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.random.CounterRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials of classes of which every image has exactly one: a bright band on the left, in the middle or on the right of noise. */
class ExclusiveClassesTest {
    private static final int SIDE = 28;
    private static final List<String> CLASSES = List.of("left", "middle", "right");
    private static final int TRAIN = 24;
    private static final int TEST = 15;

    private final TrialRunner runner = Outcomes.runner(Checkpoints.none(), List.of());

    @TempDir
    private Path folder;

    private void write(String secondLabels) throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        StringBuilder index = new StringBuilder("image_id,patient_id,split,prompt,left,middle,right\n");
        for (int i = 0; i < TRAIN + TEST; i++) {
            int band = i % 3;
            Files.write(images.resolve("i" + i + ".png"), Png.encode(image(i, band), Map.of()));
            String labels = i == 1
                    ? secondLabels
                    : CLASSES.stream()
                            .map(c -> c.equals(CLASSES.get(band)) ? "1" : "0")
                            .collect(Collectors.joining(","));
            index.append("i%d,p%d,%s,a band,%s%n".formatted(i, i, i < TRAIN ? "train" : "test", labels));
        }
        Files.writeString(folder.resolve("index.csv"), index.toString().replace("\r", ""));
    }

    private static GreyImage image(int number, int band) {
        CounterRandom noise = new CounterRandom(5, number);
        float[] pixels = new float[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) noise.uniform(0, 0.5) + (i % SIDE * 3 / SIDE == band ? 0.5f : 0);
        }
        return GreyImage.of(SIDE, SIDE, pixels);
    }

    private TrialRequest trial(String network, int steps, Recipe.Builder recipe) {
        TrialRequest folders = Trials.folder("s", 1, folder, TRAIN, steps, CLASSES);
        return TrialRequest.newBuilder(folders)
                .setTask(Task.CLASSIFICATION)
                .setTargets(CLASSES)
                .setDataset(Dataset.newBuilder(folders.getDataset())
                        .setImageSide(SIDE)
                        .build())
                .setNetwork(new Network(network, 4, 2, null))
                .setTraining(new Training(steps, 12, 0.01, 1e-4, 10))
                .setRecipe(recipe.setLoss("cross-entropy").build())
                .build();
    }

    @Test
    void learnsThemAndScoresEach() throws IOException {
        write("0,1,0");
        TrialOutcome.Completed outcome = completed(runner, trial("resnet-18", 30, Recipe.newBuilder()));
        // Guessing would be right of a third.
        assertTrue(outcome.scores().overall() > 0.9, "F1 " + outcome.scores().overall());
        for (String name : List.of("f1", "auroc", "auprc", "sensitivity", "specificity", "precision", "accuracy")) {
            List<String> targets = outcome.scores().metrics().stream()
                    .filter(m -> m.getName().equals(name) && m.getSubgroup() == null)
                    .map(Metric::getTarget)
                    .map(String::valueOf)
                    .toList();
            assertEquals(List.of("null", "left", "middle", "right"), targets, name);
        }
    }

    /** The most probable class is called, and no other, however probable it is: no threshold is asked, none is chosen. */
    @Test
    void callsOneClassOfEachImage() throws IOException {
        write("0,1,0");
        TrialOutcome.Completed outcome = completed(
                runner,
                trial("small-cnn", 1, Recipe.newBuilder().setValidation(6).setChosenThresholds(true)));
        Map<String, List<CaseResult>> cases =
                outcome.scores().cases().stream().collect(Collectors.groupingBy(CaseResult::getCase$));
        assertEquals(TEST, cases.size());
        boolean below = false;
        for (List<CaseResult> classes : cases.values()) {
            assertEquals(3, classes.size());
            assertEquals(1, classes.stream().mapToDouble(CaseResult::getValue).sum(), 1e-5);
            double most =
                    classes.stream().mapToDouble(CaseResult::getValue).max().orElseThrow();
            below |= most < 0.5;
            List<Double> called = new ArrayList<>();
            classes.stream().filter(CaseResult::getCalled).forEach(c -> called.add(c.getValue()));
            assertEquals(List.of(most), called);
        }
        assertTrue(below, "no case tells: every most probable class is above a half");
        long calls = 0;
        for (TargetDecisions decisions : outcome.report().getDecisions()) {
            assertEquals(0.5, decisions.getThreshold());
            calls += decisions.getTruePositives() + decisions.getFalsePositives();
        }
        assertEquals(TEST, calls);
    }

    @Test
    void anImageOfTwoClassesIsNamed() throws IOException {
        write("1,1,0");
        assertEquals(
                "case " + CaseKey.of("i1")
                        + ": expected one class of [left, middle, right], since they exclude each other, found [left, middle]",
                failure(runner, trial("small-cnn", 1, Recipe.newBuilder())));
    }
}
