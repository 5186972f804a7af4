package io.synthray.fidelity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class QuantisationTest {
    @Test
    void roundsToStepsAndStaysInRange() {
        assertArrayEquals(
                new short[] {0, 4096, -4096, 1, -1, 32767, -32768, 2},
                Quantisation.quantise(new float[] {0, 1, -1, 0.6f / 4096, -0.6f / 4096, 9, -9, 1.5f / 4096}));
    }

    @Test
    void bytesAreLittleEndianAndReadBack() {
        short[] steps = {1, -2, 0x1234};
        byte[] bytes = Quantisation.bytes(steps);
        assertArrayEquals(new byte[] {1, 0, -2, -1, 0x34, 0x12}, bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        assertArrayEquals(steps, Quantisation.steps(buffer));
        assertEquals(0, buffer.position());
    }

    @Test
    void whatIsNoEmbeddingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Quantisation.steps(ByteBuffer.allocate(3)));
        assertThrows(IllegalArgumentException.class, () -> Quantisation.steps(ByteBuffer.allocate(0)));
        assertThrows(IllegalArgumentException.class, () -> Quantisation.steps(ByteBuffer.allocate(1026)));
        assertThrows(IllegalArgumentException.class, () -> Quantisation.quantise(new float[] {Float.NaN}));
    }

    @Test
    void tooFewImagesHaveNoFigures() {
        Moments few = new Moments(2);
        for (int i = 0; i < 19; i++) {
            few.add(new short[] {(short) i, (short) (i * i)});
        }
        Moments enough = new Moments(2, 19, few.sums(), few.products(0, 3));
        enough.add(new short[] {7, 7});
        assertEquals(true, FrechetDistance.between(few, enough).isEmpty());
        assertEquals(0, FrechetDistance.between(enough, enough).orElseThrow(), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> few.add(new short[] {1}));
    }
}
