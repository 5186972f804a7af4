package io.synthray.trainer.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Augmentation;
import io.synthray.trainer.data.Example;
import io.synthray.trainer.data.UnusableDataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingAugmentationTest {
    private static final int SIDE = 8;
    private static final Augmentation FLIP =
            Augmentation.newBuilder().setFlip(true).build();

    /** A lung whose name says the side on which the image shows it keeps saying so. */
    @Test
    void aMirroredExampleHasItsSidesExchanged() {
        List<String> targets = List.of("heart", "left-lung", "right-lung");
        float[] middle = column(4);
        Example example = new Example(
                "a case", sum(column(1), column(6)), new float[][] {middle, column(6), column(1)}, new float[0]);
        TrainingAugmentation augmentation = TrainingAugmentation.of(FLIP, targets);
        int mirrored = 0;
        for (int stream = 0; stream < 40; stream++) {
            Example seen = augmentation.apply(example, SIDE, 7, stream);
            mirrored += seen.planes()[0][3] == 1 ? 1 : 0;
            // On a radiograph the left lung is on the right.
            assertArrayEquals(column(6), seen.planes()[1]);
            assertArrayEquals(column(1), seen.planes()[2]);
            assertArrayEquals(example.image(), seen.image());
            assertEquals("a case", seen.name());
        }
        assertTrue(mirrored > 5 && mirrored < 35, mirrored + " of 40");
    }

    @Test
    void labelsWithASideFollow() {
        TrainingAugmentation augmentation =
                TrainingAugmentation.of(FLIP, List.of("left-effusion", "edema", "right-effusion"));
        Example example = new Example("a case", column(0), new float[0][], new float[] {1, Float.NaN, 0});
        for (int stream = 0; stream < 40; stream++) {
            Example seen = augmentation.apply(example, SIDE, 7, stream);
            boolean mirrored = seen.image()[0] == 0;
            assertArrayEquals(mirrored ? new float[] {0, Float.NaN, 1} : new float[] {1, Float.NaN, 0}, seen.labels());
        }
    }

    @Test
    void aSideWithoutTheOtherIsRefused() {
        assertEquals(
                "augmentation: expected targets that have both sides in order to flip, found 'left-lung' without 'right-lung'",
                assertThrows(
                                UnusableDataException.class,
                                () -> TrainingAugmentation.of(FLIP, List.of("heart", "left-lung")))
                        .getMessage());
    }

    private static float[] column(int x) {
        float[] plane = new float[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            plane[y * SIDE + x] = 1;
        }
        return plane;
    }

    private static float[] sum(float[] first, float[] second) {
        float[] sum = first.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += second[i];
        }
        return sum;
    }
}
