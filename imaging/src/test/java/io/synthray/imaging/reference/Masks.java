package io.synthray.imaging.reference;

import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.reader.DatasetKind;
import io.synthray.imaging.reader.DatasetOptions;
import io.synthray.imaging.reader.DatasetSource;
import io.synthray.imaging.reader.Datasets;
import java.nio.file.Path;
import java.util.function.Function;

/** Masks of a label file whose images are elsewhere. */
final class Masks {

    private Masks() {}

    /** The masks of a label file by id, at 1024 x 1024. */
    static Function<String, Mask> ofLabels(Path file) {
        DatasetKind kind = Datasets.recognise(file).orElseThrow();
        var listing = Datasets.list(new DatasetSource(kind, file, DatasetOptions.DEFAULTS));
        return id -> listing.pixels().mask(id, 1024, 1024);
    }
}
