package io.synthray.imaging.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.FolderDataset;
import io.synthray.imaging.dataset.PhantomDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportPhantomTest {

    @Test
    void folderReadsBackAsThePhantomItself(@TempDir Path folder) throws IOException {
        new PhantomFolder(new Phantom(3), 32).write(folder, 10, 5);
        FolderDataset read = FolderDataset.open(folder);
        PhantomDataset direct = new PhantomDataset(3, 10, 5);
        assertEquals(direct.cases(), read.cases());
        assertEquals(direct.fingerprint(), read.fingerprint());
        assertEquals(List.of(), read.check());
        for (DatasetCase c : direct.cases()) {
            assertEquals(direct.mask(c, 32), read.mask(c, 32));
            // The file holds 8 bits.
            assertEquals(direct.image(c, 32).at(16, 20), read.image(c, 32).at(16, 20), 0.5 / 255 + 1e-6);
        }
    }
}
