package io.synthray.imaging.reader;

import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.dataset.RadiographDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens data sets of any kind. */
public final class Datasets {

    private Datasets() {}

    /**
     * Opens a data set: reads its label files and sees that every image is there, but reads no image.
     *
     * @throws DatasetException with all errors that are found
     */
    public static Dataset open(DatasetSource source) {
        requireOptions(source);
        if (source.kind() == DatasetKind.FOLDER) {
            return FolderDataset.open(source.path());
        }
        return RadiographDataset.of(
                list(source), source.options().splitRule(), source.options().prompts());
    }

    /**
     * Lists a data set with its problems; a label file alone will do.
     *
     * @throws DatasetException if an option is wrong or nothing of the kind is there
     */
    public static Listing list(DatasetSource source) {
        requireOptions(source);
        Listing listing = source.kind().reader().read(source);
        Optional<Path> masks = source.options().path("masks");
        return masks.isEmpty() ? listing : CheXmask.open(masks.get()).addTo(listing);
    }

    private static void requireOptions(DatasetSource source) {
        List<DatasetProblem> unknown = source.options().unknown(source.kind());
        if (!unknown.isEmpty()) {
            throw new DatasetException(unknown);
        }
        if (source.kind() != DatasetKind.FOLDER && !Files.exists(source.path())) {
            throw new DatasetException(DatasetProblem.error(
                    source.path().toString(),
                    "expected a data set of kind " + source.kind().word() + ", found nothing",
                    null));
        }
    }

    /** The kind of data set at a path; nothing if none is recognised. */
    public static Optional<DatasetKind> recognise(Path path) {
        Layout layout = new Layout(path);
        return Stream.of(DatasetKind.values())
                .filter(kind -> kind.reader().recognises(layout))
                .findFirst();
    }
}
