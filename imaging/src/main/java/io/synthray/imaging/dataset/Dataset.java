package io.synthray.imaging.dataset;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Mask;
import java.util.List;

/** Real (or phantom) radiographs with labels and masks. Images are read when they are asked for. Safe for several threads. */
public interface Dataset {

    /** All cases, ordered by key, so that the order does not depend on files. */
    List<DatasetCase> cases();

    /** The cases of one split, ordered by key. */
    default List<DatasetCase> cases(Split split) {
        return cases().stream().filter(c -> c.split() == split).toList();
    }

    /** The first test cases by key, all if the limit is 0. */
    default List<DatasetCase> testCases(int limit) {
        List<DatasetCase> test = cases(Split.TEST);
        return limit == 0 ? test : test.subList(0, Math.min(limit, test.size()));
    }

    /** Names of the labels, in the order of the index; empty if there are none. */
    List<String> labels();

    /** Structures that masks specify; empty if there are no masks. */
    List<String> structures();

    /**
     * Reads an image, resized to a square (stretched, if it is not square itself).
     *
     * @param side pixels along each side, 1 or more
     * @throws DatasetException if it cannot be read
     */
    GreyImage image(DatasetCase datasetCase, int side);

    /**
     * Reads a mask, resized like its image.
     *
     * @throws DatasetException if the data set has no masks, or this one cannot be read
     */
    Mask mask(DatasetCase datasetCase, int side);

    /**
     * Reads every file and reports all that is wrong: unreadable files, masks of another size than their image, identical images
     * (an error where one is in train and the other in test), washed-out images. Slow for a big data set.
     *
     * @return errors and warnings in the order of the index, empty if all is well
     */
    List<DatasetProblem> check();

    /** SHA-256 in hexadecimal that tells whether two services read the same listing; see {@link Fingerprint}. */
    default String fingerprint() {
        return Fingerprint.of(this);
    }
}
