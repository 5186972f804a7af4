package io.synthray.evaluator.study;

import io.synthray.event.Estimate;
import io.synthray.event.SampleFidelity;
import io.synthray.fidelity.KernelDistance;
import io.synthray.fidelity.NearCopies;
import io.synthray.fidelity.Neighbourhoods;
import java.util.List;
import java.util.Optional;

/** Kernel and neighbour figures of two samples of images, as events have them. */
final class SampleFigures {
    private SampleFigures() {}

    /** Of some images against held-out ones; empty while either side has too few. */
    static Optional<SampleFidelity.Builder> of(List<short[]> images, List<short[]> heldOut) {
        Optional<KernelDistance> kernel = KernelDistance.of(images, heldOut);
        Optional<Neighbourhoods> neighbourhoods = Neighbourhoods.of(images, heldOut);
        if (kernel.isEmpty() || neighbourhoods.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(SampleFidelity.newBuilder()
                .setImages(images.size())
                .setHeldOut(heldOut.size())
                .setKid(kernel.get().value())
                .setKidLow(kernel.get().low())
                .setKidHigh(kernel.get().high())
                .setPrecision(event(neighbourhoods.get().precision()))
                .setRecall(event(neighbourhoods.get().recall()))
                .setDensity(event(neighbourhoods.get().density()))
                .setCoverage(event(neighbourhoods.get().coverage()))
                .setTrain(0));
    }

    /** Adds distances to train images. */
    static void add(SampleFidelity.Builder sample, NearCopies copies) {
        sample.setNearestTrain(copies.median())
                .setNearCopyDistance(copies.limit())
                .setNearCopies(event(copies.share()));
    }

    private static Estimate event(io.synthray.fidelity.Estimate estimate) {
        return new Estimate(estimate.value(), estimate.standardError());
    }
}
