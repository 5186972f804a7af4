package io.synthray.trainer.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.synthray.event.Recipe;
import io.synthray.event.Strategy;
import io.synthray.event.Training;
import io.synthray.imaging.transform.Augmentation;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.TrialData;
import io.synthray.trainer.engine.Architecture;
import io.synthray.trainer.engine.Batch;
import io.synthray.trainer.engine.NetworkShape;
import io.synthray.trainer.engine.Objective;
import io.synthray.trainer.engine.Optimisation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final int SIDE = 4;
    private static final NetworkShape SHAPE = new NetworkShape(Architecture.UNET, SIDE, 2, 4, 2);

    @Test
    void standardisesImagesAndLaysTargetsOutByStructure() {
        Example example = example(0);
        Batch batch = batches(Optional.empty(), List.of(example), 3).at(0);
        assertEquals(3, batch.size());
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            sum += batch.images()[i];
            squares += batch.images()[i] * batch.images()[i];
        }
        assertEquals(0, sum / 16, 1e-6);
        assertEquals(1, squares / 16, 1e-5);
        assertArrayEquals(example.planes()[0], Arrays.copyOfRange(batch.targets(), 32, 48));
        assertArrayEquals(example.planes()[1], Arrays.copyOfRange(batch.targets(), 48, 64));
    }

    @Test
    void anImageOfOneLevelIsZero() {
        float[] target = new float[4];
        Standardisation.write(new float[] {0.7f, 0.7f, 0.7f, 0.7f}, target, 0);
        assertArrayEquals(new float[4], target, 1e-4f);
    }

    @Test
    void augmentsEveryImageOfEveryStepAnewAndAlwaysAlike() {
        Optional<TrainingAugmentation> strong = Optional.of(new TrainingAugmentation(
                new Augmentation(20, 0.1, 0.1, 0, 0, 0.2, 0.1, false, 5, 1), Optional.empty()));
        List<Example> examples = List.of(example(0));
        Batch first = batches(strong, examples, 2).at(0);
        Batch second = batches(strong, examples, 2).at(1);
        assertArrayEquals(first.images(), batches(strong, examples, 2).at(0).images());
        assertFalse(Arrays.equals(first.images(), second.images()));
        assertFalse(
                Arrays.equals(Arrays.copyOfRange(first.images(), 0, 16), Arrays.copyOfRange(first.images(), 16, 32)));
    }

    private static TrialPlan plan(int size, Optional<TrainingAugmentation> augmentation) {
        return new TrialPlan(
                SHAPE,
                new Training(10, size, 0.01, 0.0, 10),
                augmentation,
                Recipe.newBuilder().build(),
                Strategy.newBuilder().build(),
                Objective.of(Objective.Kind.DICE),
                Optimisation.adamW(0));
    }

    private static Batches batches(Optional<TrainingAugmentation> augmentation, List<Example> examples, int size) {
        return Batches.of(new TrialData(examples, List.of(), List.of()), plan(size, augmentation), 42);
    }

    private static Example example(int salt) {
        float[] image = new float[SIDE * SIDE];
        float[][] planes = new float[2][SIDE * SIDE];
        for (int i = 0; i < image.length; i++) {
            image[i] = (i * 7 + salt) % 16 / 16f;
            planes[0][i] = i % 3 == 0 ? 1 : 0;
            planes[1][i] = i > 7 ? 1 : 0;
        }
        return new Example(image, planes, new float[0]);
    }
}
