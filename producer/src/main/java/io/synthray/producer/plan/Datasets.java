package io.synthray.producer.plan;

import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.dataset.PhantomDataset;
import io.synthray.producer.study.DatasetSpec;
import java.nio.file.Path;

/** Opens datasets. */
public final class Datasets {
    private Datasets() {}

    /**
     * The dataset that a study file names.
     *
     * @throws io.synthray.imaging.dataset.DatasetException when a folder is no dataset; it has every problem found
     */
    public static Dataset open(DatasetSpec spec) {
        if (spec instanceof DatasetSpec.Folder folder) {
            return FolderDataset.open(folder.path());
        }
        DatasetSpec.Phantom phantom = (DatasetSpec.Phantom) spec;
        return new PhantomDataset(phantom.seed(), phantom.train(), phantom.test());
    }

    /** What a plan says about its dataset, as a study file would. */
    public static DatasetSpec spec(io.synthray.event.Dataset dataset) {
        if (dataset.getKind().equals("folder")) {
            return new DatasetSpec.Folder(Path.of(dataset.getPath()), dataset.getImageSide(), dataset.getTestLimit());
        }
        return new DatasetSpec.Phantom(
                dataset.getImageSide(),
                dataset.getPhantomSeed(),
                dataset.getPhantomTrain(),
                dataset.getPhantomTest(),
                dataset.getTestLimit());
    }

    static io.synthray.event.Dataset planned(DatasetSpec spec, String fingerprint) {
        var builder = io.synthray.event.Dataset.newBuilder()
                .setImageSide(spec.side())
                .setTestLimit(spec.testLimit())
                .setFingerprint(fingerprint);
        if (spec instanceof DatasetSpec.Folder folder) {
            return builder.setKind("folder").setPath(folder.path().toString()).build();
        }
        DatasetSpec.Phantom phantom = (DatasetSpec.Phantom) spec;
        return builder.setKind("phantom")
                .setPhantomSeed(phantom.seed())
                .setPhantomTrain(phantom.train())
                .setPhantomTest(phantom.test())
                .build();
    }
}
