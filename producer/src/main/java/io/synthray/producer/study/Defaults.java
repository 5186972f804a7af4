package io.synthray.producer.study;

import io.synthray.event.Analysis;
import io.synthray.event.AnalysisKind;
import io.synthray.event.Augmentation;
import io.synthray.event.Network;
import io.synthray.event.Task;
import io.synthray.event.Training;
import java.util.List;

/** What holds where a study file says nothing. */
final class Defaults {
    /** Conditional rejection probability at which a sequentialised test stops. */
    static final double CURTAILMENT = 0.95;

    /** The network that is a file of the user's. */
    static final String TORCHSCRIPT = "torchscript";

    private Defaults() {}

    /** Networks for a task, the usual one first. */
    static List<String> networks(Task task) {
        return task == Task.SEGMENTATION
                ? List.of("unet", TORCHSCRIPT)
                : List.of("small-cnn", "resnet-18", "resnet-50", "densenet-121", TORCHSCRIPT);
    }

    static Network network(Task task) {
        return Network.newBuilder()
                .setArchitecture(networks(task).get(0))
                .setWidth(16)
                .setDepth(3)
                .build();
    }

    static Training training() {
        return Training.newBuilder()
                .setSteps(300)
                .setBatchSize(8)
                .setLearningRate(0.002)
                .setWeightDecay(0.0001)
                .setStepsPerEpoch(50)
                .build();
    }

    static Analysis analysis() {
        return Analysis.newBuilder()
                .setAlpha(0.05)
                .setCorrection("bonferroni")
                .setKind(AnalysisKind.FIXED)
                .setPriorScale(1)
                .setEarlyStop(null)
                .build();
    }

    /** {@code augmentation: standard}: strong, since weak augmentation makes synthetic images look better than they are. */
    static Augmentation standardAugmentation() {
        return Augmentation.newBuilder()
                .setRotation(15)
                .setScale(0.15)
                .setTranslation(0.08)
                .setShear(5)
                .setBrightness(0.15)
                .setContrast(0.25)
                .setNoise(0.03)
                .build();
    }
}
