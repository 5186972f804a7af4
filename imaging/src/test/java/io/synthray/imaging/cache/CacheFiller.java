package io.synthray.imaging.cache;

import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.FolderDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A process that reads every case through the cache, once or until it is killed, and compares with what the folder itself gives. */
final class CacheFiller {

    private CacheFiller() {}

    public static void main(String[] arguments) {
        int side = Integer.parseInt(arguments[2]);
        FolderDataset dataset = FolderDataset.open(Path.of(arguments[0]));
        List<DatasetCase> cases = new ArrayList<>(dataset.cases());
        do {
            Collections.shuffle(cases, new Random());
            try (TensorCache cache = TensorCache.open(Path.of(arguments[1]), dataset, side)) {
                for (DatasetCase c : cases) {
                    boolean equal = cache.image(c, side).equals(dataset.image(c, side))
                            && cache.mask(c, side).equals(dataset.mask(c, side));
                    if (!equal) {
                        System.exit(1);
                    }
                }
            }
        } while (arguments[3].equals("forever"));
    }
}
