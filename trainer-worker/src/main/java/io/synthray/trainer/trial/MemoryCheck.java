package io.synthray.trainer.trial;

import io.synthray.event.TrialRequest;
import io.synthray.trainer.data.UnusableDataException;

/** Whether a trial's images can be held at all. They lie in the Java heap, decoded; the engine's tensors do not. */
final class MemoryCheck {
    private static final long MIB = 1024L * 1024;
    /** Of the heap; the rest is for everything else. */
    private static final double MOST = 0.8;

    private MemoryCheck() {}

    /**
     * @param testImages images that are tested at the end; they are held twice, as they are and as the network sees them
     * @throws UnusableDataException when the heap is too small for the images, or an array for those of the test split
     */
    static void require(TrialRequest trial, TrialPlan plan, int testImages) {
        require(trial, plan, testImages, Runtime.getRuntime().maxMemory());
    }

    static void require(TrialRequest trial, TrialPlan plan, int testImages, long heap) {
        long images = trial.getSubset().getSize()
                + (trial.getManifest() == null ? 0L : trial.getManifest().getImages());
        long values = plan.shape().pixelsPerImage() + (long) plan.shape().valuesPerImage();
        long bytes = (images + 2L * testImages) * values * Float.BYTES;
        if (bytes > MOST * heap) {
            throw new UnusableDataException(
                    "memory: expected room for %d training and %d test images of %d MiB in all, found a heap of %d MiB (-Xmx)"
                            .formatted(images, testImages, bytes / MIB, heap / MIB));
        }
        int largest = Math.max(plan.shape().pixelsPerImage(), plan.shape().valuesPerImage());
        if ((long) testImages * largest > Integer.MAX_VALUE) {
            throw new UnusableDataException("test images: expected at most %d of %d values each, found %d"
                    .formatted(Integer.MAX_VALUE / largest, largest, testImages));
        }
    }

    /** What to say of a trial for which memory was too small on the way. */
    static String exhausted(TrialRequest trial, Throwable error) {
        String found = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        int side = trial.getDataset().getImageSide();
        return "memory: expected room for batches of %d images of %d x %d pixels, found too little beside a heap of %d MiB (%s); "
                        .formatted(
                                trial.getTraining().getBatchSize(),
                                side,
                                side,
                                Runtime.getRuntime().maxMemory() / MIB,
                                found)
                + "smaller batches or images, a narrower network or more memory may help";
    }
}
