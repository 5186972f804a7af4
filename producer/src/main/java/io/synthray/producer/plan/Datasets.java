package io.synthray.producer.plan;

import io.synthray.event.DatasetOption;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.dataset.PhantomDataset;
import io.synthray.imaging.reader.DatasetKind;
import io.synthray.imaging.reader.DatasetOptions;
import io.synthray.imaging.reader.DatasetSource;
import io.synthray.producer.study.DatasetSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Opens datasets. */
public final class Datasets {
    private Datasets() {}

    /**
     * The dataset that a study file names.
     *
     * @throws io.synthray.imaging.dataset.DatasetException when it is no dataset of its kind; it has every problem found
     */
    public static Dataset open(DatasetSpec spec) {
        if (spec instanceof DatasetSpec.Published published) {
            return io.synthray.imaging.reader.Datasets.open(published.source());
        }
        if (spec instanceof DatasetSpec.Folder folder) {
            return FolderDataset.open(folder.path());
        }
        DatasetSpec.Phantom phantom = (DatasetSpec.Phantom) spec;
        return new PhantomDataset(phantom.seed(), phantom.train(), phantom.test());
    }

    /**
     * The dataset of a plan, its identical images kept together as planning has found them.
     *
     * @throws io.synthray.imaging.dataset.DatasetException when it cannot be read or its kind is not known
     */
    public static Dataset open(io.synthray.event.Dataset planned) {
        return open(spec(planned)).apart(planned.getIdentical());
    }

    /** What a plan says about its dataset, as a study file would. */
    public static DatasetSpec spec(io.synthray.event.Dataset dataset) {
        if (dataset.getKind().equals("phantom")) {
            return new DatasetSpec.Phantom(
                    dataset.getImageSide(),
                    dataset.getPhantomSeed(),
                    dataset.getPhantomTrain(),
                    dataset.getPhantomTest(),
                    dataset.getTestLimit());
        }
        Path path = Path.of(dataset.getPath());
        DatasetKind kind = DatasetKind.ofWord(dataset.getKind())
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a kind of dataset that this version knows, found '" + dataset.getKind() + "'"));
        if (kind == DatasetKind.FOLDER) {
            return new DatasetSpec.Folder(path, dataset.getImageSide(), dataset.getTestLimit());
        }
        DatasetOptions options = DatasetOptions.of(dataset.getOptions().stream()
                .collect(Collectors.toMap(DatasetOption::getName, DatasetOption::getValue)));
        return new DatasetSpec.Published(
                new DatasetSource(kind, path, options), dataset.getImageSide(), dataset.getTestLimit());
    }

    /** @param identical keys of cases whose pixels are equal */
    static io.synthray.event.Dataset planned(DatasetSpec spec, Dataset dataset, List<List<String>> identical) {
        var builder = io.synthray.event.Dataset.newBuilder()
                .setImageSide(spec.side())
                .setTestLimit(spec.testLimit())
                .setFingerprint(dataset.fingerprint())
                .setGrouping(dataset.grouping().word())
                .setIdentical(identical);
        if (spec instanceof DatasetSpec.Published published) {
            DatasetSource source = published.source();
            return builder.setKind(source.kind().word())
                    .setPath(source.path().toString())
                    .setOptions(source.options().values().entrySet().stream()
                            .map(option -> new DatasetOption(option.getKey(), option.getValue()))
                            .toList())
                    .build();
        }
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
