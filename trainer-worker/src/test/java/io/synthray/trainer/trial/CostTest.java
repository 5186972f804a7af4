package io.synthray.trainer.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synthray.trainer.engine.ComputeDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class CostTest {
    private static final long LARGE = 256L << 20;

    /** What an earlier trial of the process needed is not this one's. */
    @Test
    void thePeakOfMemoryBeginsAnewWithATrial() {
        assumeTrue(Files.isWritable(Path.of("/proc/self/clear_refs")), "the system does not tell");
        Cost.forgetPeakMemory();
        long before = Cost.peakMemoryBytes().orElseThrow();
        try (BytePointer earlier = new BytePointer(LARGE)) {
            Pointer.memset(earlier, 1, LARGE);
        }
        assertTrue(Cost.peakMemoryBytes().orElseThrow() > before + LARGE / 2);
        Cost.forgetPeakMemory();
        assertTrue(Cost.peakMemoryBytes().orElseThrow() < before + LARGE / 2);
    }

    @Test
    void aGpuIsPaidForWhileItIsHeld() throws InterruptedException {
        CostMeter held = new CostMeter(new Spent(1, 1, 1, 10), ComputeDevice.CUDA);
        CostMeter none = new CostMeter(Spent.NOTHING, ComputeDevice.CPU);
        Thread.sleep(20);
        double gpu = held.soFar(5, 1).gpu();
        assertTrue(gpu >= 10.02 && gpu < 20, gpu + " s");
        assertEquals(6, held.soFar(5, 1).seconds());
        assertTrue(Double.isNaN(none.soFar(5, 1).gpu()));
    }
}
