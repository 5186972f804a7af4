package io.synthray.imaging.dataset;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Structures;
import io.synthray.imaging.phantom.Finding;
import io.synthray.imaging.phantom.Phantom;
import io.synthray.imaging.phantom.PhantomCase;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The built-in data set: phantoms of a seed, rendered when they are asked for. Train and test share no patient. */
public final class PhantomDataset implements Dataset {

    private static final int MAX_CASES = 1_000_000;

    private final Phantom phantom;
    private final List<DatasetCase> cases;
    private final Map<String, Long> indexes = new HashMap<>();

    /**
     * Lists the cases; equal arguments give equal data sets.
     *
     * @param seed names the sequence of phantoms
     * @param train number of train cases, 1 to a million
     * @param test number of test cases, 1 to a million
     * @throws DatasetException if a number is out of range
     */
    public PhantomDataset(long seed, int train, int test) {
        require("train", train);
        require("test", test);
        this.phantom = new Phantom(seed);
        long firstTest = Phantom.nextPatientGroup(train);
        this.cases = Stream.concat(
                        LongStream.range(0, train).mapToObj(i -> list(i, Split.TRAIN)),
                        LongStream.range(firstTest, firstTest + test).mapToObj(i -> list(i, Split.TEST)))
                .sorted(Comparator.comparing(DatasetCase::key))
                .toList();
    }

    private static void require(String field, int count) {
        if (count < 1 || count > MAX_CASES) {
            throw new DatasetException(DatasetProblem.error(
                    "phantom: " + field, "expected 1 to " + MAX_CASES + " cases, found " + count, null));
        }
    }

    private DatasetCase list(long index, Split split) {
        PhantomCase phantomCase = phantom.at(index);
        indexes.put(phantomCase.id(), index);
        Map<String, Boolean> labels = new LinkedHashMap<>();
        labels().forEach(label -> labels.put(label, phantomCase.labels().get(label)));
        return new DatasetCase(phantomCase.id(), phantomCase.patientId(), split, labels, phantomCase.prompt());
    }

    @Override
    public List<DatasetCase> cases() {
        return cases;
    }

    @Override
    public List<String> labels() {
        return Stream.of(Finding.values()).map(Finding::label).toList();
    }

    @Override
    public List<String> structures() {
        return Structures.DRAWN;
    }

    @Override
    public GreyImage image(DatasetCase datasetCase, int side) {
        return phantom.image(indexes.get(datasetCase.id()), side);
    }

    @Override
    public Mask mask(DatasetCase datasetCase, int side) {
        return phantom.mask(indexes.get(datasetCase.id()), side);
    }

    /** A phantom is as its code makes it: there is nothing to check. */
    @Override
    public List<DatasetProblem> check() {
        return List.of();
    }
}
