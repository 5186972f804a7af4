package io.synthray.trainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class LossTest {
    /** The textbook's stable form of -(y log s(x) + (1 - y) log(1 - s(x))). */
    private static double crossEntropy(double x, double y) {
        return Math.max(x, 0) - x * y + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double loss(float[] logits, float... targets) {
        try (PointerScope scope = new PointerScope()) {
            return new Loss(Objective.of(Objective.Kind.BINARY_CROSS_ENTROPY))
                    .of(Tensor.create(logits), Tensor.create(targets), new float[0])
                    .item_double();
        }
    }

    @Test
    void aTargetThatIsNotKnownDoesNotCount() {
        float[] logits = {0.3f, -1.2f, 2, 0.5f};
        double known = crossEntropy(0.3, 1) + crossEntropy(2, 0) + crossEntropy(0.5, 1);
        assertEquals(known / 3, loss(logits, 1, Float.NaN, 0, 1), 1e-6);
        assertEquals((known + crossEntropy(-1.2, 0)) / 4, loss(logits, 1, 0, 0, 1), 1e-6);
        assertEquals(0, loss(logits, Float.NaN, Float.NaN, Float.NaN, Float.NaN));
    }
}
