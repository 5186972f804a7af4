package io.synthray.trainer.data;

import io.synthray.event.ManifestEntry;
import io.synthray.event.ManifestRef;
import io.synthray.schemas.id.ImageSetId;
import java.util.List;

/** Frozen image sets. */
public interface Manifests {
    /**
     * All entries of a manifest by ascending index, its digest checked.
     *
     * @throws UnusableDataException when the manifest's content is not that of its digest
     * @throws UnavailableDataException when it is not there or cannot be read at present
     */
    List<ManifestEntry> read(ImageSetId imageSet, ManifestRef manifest);
}
