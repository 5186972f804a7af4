package io.synthray.producer.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synthray.event.Estimate;
import io.synthray.event.Fidelity;
import io.synthray.event.SampleFidelity;

/** How an image set compares with real images, as JSON. */
final class FidelityJson {
    private FidelityJson() {}

    static void write(ObjectNode node, Fidelity f) {
        node.put("arm", f.getArm())
                .put("imageSet", f.getImageSet())
                .put("embedder", f.getEmbedder())
                .put("dimension", f.getDimension())
                .put("images", f.getImages())
                .put("heldOut", f.getHeldOut())
                .put("complete", f.getComplete())
                .put("frechet", f.getFrechet())
                .put("note", f.getNote());
        sample(node, "sample", f.getSample());
        sample(node, "real", f.getReal());
    }

    private static void sample(ObjectNode parent, String name, SampleFidelity sample) {
        if (sample == null) {
            parent.putNull(name);
            return;
        }
        ObjectNode node = parent.putObject(name)
                .put("images", sample.getImages())
                .put("heldOut", sample.getHeldOut())
                .put("kid", sample.getKid())
                .put("kidLow", sample.getKidLow())
                .put("kidHigh", sample.getKidHigh());
        estimate(node, "precision", sample.getPrecision());
        estimate(node, "recall", sample.getRecall());
        estimate(node, "density", sample.getDensity());
        estimate(node, "coverage", sample.getCoverage());
        node.put("train", sample.getTrain())
                .put("nearestTrain", sample.getNearestTrain())
                .put("nearCopyDistance", sample.getNearCopyDistance());
        estimate(node, "nearCopies", sample.getNearCopies());
    }

    private static void estimate(ObjectNode parent, String name, Estimate estimate) {
        if (estimate == null) {
            parent.putNull(name);
        } else {
            parent.putObject(name).put("value", estimate.getValue()).put("standardError", estimate.getStandardError());
        }
    }
}
