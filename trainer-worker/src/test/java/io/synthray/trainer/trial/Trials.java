package io.synthray.trainer.trial;

import io.synthray.event.Augmentation;
import io.synthray.event.Dataset;
import io.synthray.event.Network;
import io.synthray.event.Task;
import io.synthray.event.Training;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.dataset.PhantomDataset;
import io.synthray.imaging.dataset.RealSubset;
import io.synthray.imaging.random.SeedDerivation;
import java.nio.file.Path;
import java.util.List;

/** Trial requests as the evaluator would write them. */
public final class Trials {
    private static final long STUDY_SEED = 20260101;

    private Trials() {}

    /** Lungs and heart of phantoms. */
    public static TrialRequest phantoms(String study, int repeat, int real, int test, int steps) {
        Dataset dataset = phantomDataset(64, test);
        return trial(study, repeat, dataset, subset(dataset, repeat, real, List.of()))
                .setTask(Task.SEGMENTATION)
                .setTargets(List.of("left-lung", "right-lung", "heart"))
                .setNetwork(new Network("unet", 16, 3, null))
                .setTraining(new Training(steps, 8, 0.01, 1e-4, 10))
                .build();
    }

    /** Lungs and heart of four phantoms by a network that takes no time: ten steps in epochs of four. */
    public static TrialRequest small() {
        return TrialRequest.newBuilder(phantoms("s", 1, 4, 3, 10))
                .setTraining(new Training(10, 2, 0.01, 1e-4, 4))
                .setNetwork(new Network("unet", 4, 2, null))
                .build();
    }

    /** Findings of phantoms. */
    public static TrialRequest phantomFindings(String study, int real, int test, int steps) {
        Dataset dataset = phantomDataset(64, test);
        List<String> targets = List.of("cardiomegaly", "pleural-effusion");
        return trial(study, 1, dataset, subset(dataset, 1, real, targets))
                .setTask(Task.CLASSIFICATION)
                .setTargets(targets)
                .setNetwork(new Network("small-cnn", 16, 3, null))
                .setTraining(new Training(steps, 16, 0.005, 1e-4, 50))
                .build();
    }

    /** Structures of a folder's cases. */
    public static TrialRequest folder(
            String study, int repeat, Path folder, int real, int steps, List<String> structures) {
        Dataset dataset = Dataset.newBuilder()
                .setKind("folder")
                .setPath(folder.toString())
                .setImageSide(64)
                .setFingerprint(FolderDataset.open(folder).fingerprint())
                .build();
        return trial(study, repeat, dataset, subset(dataset, repeat, real, List.of()))
                .setTask(Task.SEGMENTATION)
                .setTargets(structures)
                .setNetwork(new Network("unet", 16, 3, null))
                .setTraining(new Training(steps, 8, 0.01, 1e-4, 50))
                .build();
    }

    /** Rotation, scale, translation and grey levels, as strong as the reference arm of the built-in study. */
    public static Augmentation strong() {
        return Augmentation.newBuilder()
                .setRotation(15)
                .setScale(0.15)
                .setTranslation(0.1)
                .setShear(5)
                .setBrightness(0.15)
                .setContrast(0.3)
                .setNoise(0.03)
                .build();
    }

    private static Dataset phantomDataset(int side, int test) {
        return Dataset.newBuilder()
                .setKind("phantom")
                .setImageSide(side)
                .setPhantomSeed(7)
                .setPhantomTrain(200)
                .setPhantomTest(test)
                .setFingerprint(new PhantomDataset(7, 200, test).fingerprint())
                .build();
    }

    private static io.synthray.event.RealSubset subset(Dataset dataset, int repeat, int size, List<String> classes) {
        io.synthray.imaging.dataset.Dataset cases = dataset.getKind().equals("phantom")
                ? new PhantomDataset(dataset.getPhantomSeed(), dataset.getPhantomTrain(), dataset.getPhantomTest())
                : FolderDataset.open(Path.of(dataset.getPath()));
        long seed = SeedDerivation.derive(STUDY_SEED, "subset", Integer.toString(repeat));
        return new io.synthray.event.RealSubset(
                repeat,
                size,
                seed,
                RealSubset.choose(cases, size, seed, classes).digest());
    }

    private static TrialRequest.Builder trial(
            String study, int repeat, Dataset dataset, io.synthray.event.RealSubset subset) {
        return TrialRequest.newBuilder()
                .setTrial(study + "/real-only/" + repeat)
                .setStudy(study)
                .setArm("real-only")
                .setRepeat(repeat)
                .setPlanHash("0".repeat(64))
                .setDataset(dataset)
                .setSubset(subset)
                .setInitialisationSeed(SeedDerivation.derive(STUDY_SEED, "initialisation", Integer.toString(repeat)))
                .setOrderSeed(SeedDerivation.derive(STUDY_SEED, "order", Integer.toString(repeat)));
    }
}
