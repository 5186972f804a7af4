package io.synthray.producer.study;

import io.synthray.imaging.reader.DatasetSource;
import java.nio.file.Path;

/** Where real radiographs come from. */
public sealed interface DatasetSpec {
    /** Pixels to which each side is resized. */
    int side();

    /** At most so many test cases; 0 for all. */
    int testLimit();

    /**
     * The built-in procedural thorax.
     *
     * @param side pixels, 16 to 1024
     * @param seed names the sequence of patients
     * @param train train cases
     * @param test test cases
     * @param testLimit at most so many of the test cases; 0 for all
     */
    record Phantom(int side, long seed, int train, int test, int testLimit) implements DatasetSpec {}

    /**
     * Images in a folder: {@code images/}, {@code masks/}, {@code index.csv}.
     *
     * @param path absolute and normal
     * @param side pixels, 16 to 1024
     * @param testLimit at most so many of the test cases; 0 for all
     */
    record Folder(Path path, int side, int testLimit) implements DatasetSpec {}

    /**
     * A published data set as it was downloaded.
     *
     * @param source kind, absolute and normal path, options
     * @param side pixels, 16 to 1024
     * @param testLimit at most so many of the test cases; 0 for all
     */
    record Published(DatasetSource source, int side, int testLimit) implements DatasetSpec {}
}
