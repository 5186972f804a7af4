package io.synthray.imaging.dataset;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Box;
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

    /** What the data set knows about which images belong together. */
    default Grouping grouping() {
        return Grouping.PATIENT;
    }

    /** What a reader of results has to know about the data set, a sentence each, without ids. */
    default List<String> warnings() {
        return grouping().warning().stream().toList();
    }

    /** Boxes of a case in pixels of the original image, where the data set marks findings so; none otherwise. */
    default List<Box> boxes(DatasetCase datasetCase) {
        return List.of();
    }

    /**
     * As {@link #check()}, and finds images of equal pixels, which {@link #apart} keeps on one side. The data set may have kept them
     * apart already.
     */
    default Audit audit() {
        return new Audit(check(), List.of());
    }

    /**
     * This data set with the cases of equal pixels in one group: of those that stand on several sides only the ones of the last side
     * (test, then validation) are left.
     *
     * @param identical keys of cases whose pixels are equal, a list for each picture, as {@link Audit#identical()} has them
     * @throws DatasetException if a key is unknown or the data set cannot be changed so
     */
    default Dataset apart(List<List<String>> identical) {
        if (identical.isEmpty()) {
            return this;
        }
        throw new DatasetException(
                DatasetProblem.error("identical images", "expected none in this kind of data set, found some", null));
    }

    /**
     * A number that differs when the files behind a case have changed, so that what was made from them can be kept. 0 where a case never
     * changes.
     */
    default long stamp(DatasetCase datasetCase) {
        return 0;
    }

    /** SHA-256 in hexadecimal that tells whether two services read the same listing; see {@link Fingerprint}. */
    default String fingerprint() {
        return Fingerprint.of(this);
    }
}
