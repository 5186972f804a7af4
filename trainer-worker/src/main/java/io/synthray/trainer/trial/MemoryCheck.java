package io.synthray.trainer.trial;

import io.synthray.event.TrialRequest;
import io.synthray.trainer.data.UnusableDataException;

/** Whether a trial's images can be held at all. They lie in the Java heap, decoded; the engine's tensors do not. */
final class MemoryCheck {
    private static final long MIB = 1024L * 1024;
    /** Of the heap; the rest is for everything else. */
    private static final double MOST = 0.8;

    private MemoryCheck() {}

    /** @throws UnusableDataException when the heap is too small for the training images */
    static void require(TrialRequest trial, TrialPlan plan) {
        require(trial, plan, Runtime.getRuntime().maxMemory());
    }

    static void require(TrialRequest trial, TrialPlan plan, long heap) {
        long images = trial.getSubset().getSize()
                + (trial.getManifest() == null ? 0L : trial.getManifest().getImages());
        long values = plan.shape().pixelsPerImage() + (long) plan.shape().valuesPerImage();
        long bytes = images * values * Float.BYTES;
        if (bytes > MOST * heap) {
            throw new UnusableDataException(
                    "memory: expected room for %d training images of %d MiB in all, found a heap of %d MiB (-Xmx)"
                            .formatted(images, bytes / MIB, heap / MIB));
        }
    }
}
