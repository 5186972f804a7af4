package io.synthray.trainer.data;

import io.synthray.event.DatasetOption;
import io.synthray.event.Task;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.cache.CacheException;
import io.synthray.imaging.cache.TensorCache;
import io.synthray.imaging.dataset.CaseKey;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.PhantomDataset;
import io.synthray.imaging.dataset.RealSubset;
import io.synthray.imaging.reader.DatasetKind;
import io.synthray.imaging.reader.DatasetOptions;
import io.synthray.imaging.reader.DatasetSource;
import io.synthray.imaging.reader.Datasets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the real images of a trial and makes sure that they are those that the study was planned with. Where a directory is given they are decoded once and
 * kept there.
 */
public final class RealImages implements AutoCloseable {
    private final Dataset dataset;
    private final Targets targets;
    private final int side;
    private final int testLimit;
    private final RealSubset.Parts parts;
    private final Optional<TensorCache> cache;

    private RealImages(TrialRequest trial, Optional<Path> directory) {
        Dataset listed = dataset(trial.getDataset());
        cache = directory.map(
                d -> TensorCache.open(d, listed, trial.getDataset().getImageSide()));
        dataset = cache.map(Dataset.class::cast).orElse(listed);
        targets = Targets.of(trial);
        side = trial.getDataset().getImageSide();
        testLimit = trial.getDataset().getTestLimit();
        require("data set's fingerprint", trial.getDataset().getFingerprint(), dataset.fingerprint());
        requireTargets();
        RealSubset subset = RealSubset.choose(
                dataset,
                trial.getSubset().getSize(),
                trial.getSubset().getSeed(),
                targets.task() == Task.CLASSIFICATION ? targets.names() : List.of());
        require("real subset's digest", trial.getSubset().getDigest(), subset.digest());
        parts = parts(subset, trial.getRecipe() == null ? 0 : trial.getRecipe().getValidation());
    }

    private static RealSubset.Parts parts(RealSubset subset, int validation) {
        try {
            return subset.parts(validation);
        } catch (IllegalArgumentException e) {
            throw new UnusableDataException("validation images: " + e.getMessage(), e);
        }
    }

    /**
     * Opens a trial's data set.
     *
     * @param cache directory where decoded images are kept, if any
     * @throws UnusableDataException when it cannot be read or is another one
     */
    public static RealImages of(TrialRequest trial, Optional<Path> cache) {
        try {
            return new RealImages(trial, cache);
        } catch (CacheException e) {
            throw unavailable(e);
        } catch (DatasetException e) {
            throw unusable(e);
        }
    }

    private static Dataset dataset(io.synthray.event.Dataset source) {
        if (source.getKind().equals("phantom")) {
            return new PhantomDataset(source.getPhantomSeed(), source.getPhantomTrain(), source.getPhantomTest());
        }
        DatasetKind kind = DatasetKind.ofWord(source.getKind())
                .orElseThrow(
                        () -> new UnusableDataException("data set's kind: expected phantom or one of %s, found '%s'"
                                .formatted(
                                        Stream.of(DatasetKind.values())
                                                .map(DatasetKind::word)
                                                .toList(),
                                        source.getKind())));
        DatasetOptions options = DatasetOptions.of(source.getOptions().stream()
                .collect(Collectors.toMap(DatasetOption::getName, DatasetOption::getValue)));
        return Datasets.open(new DatasetSource(kind, path(source), options)).apart(source.getIdentical());
    }

    private static Path path(io.synthray.event.Dataset source) {
        if (source.getPath() == null) {
            throw new UnusableDataException("data set's path: expected a directory, found none");
        }
        return Path.of(source.getPath());
    }

    private static void require(String what, String expected, String found) {
        if (!expected.equals(found)) {
            throw new UnusableDataException("%s: expected %s, found %s".formatted(what, expected, found));
        }
    }

    private void requireTargets() {
        List<String> known = targets.task() == Task.CLASSIFICATION ? dataset.labels() : dataset.structures();
        for (String target : targets.names()) {
            if (!known.contains(target)) {
                throw new UnusableDataException("target: expected one of %s, found '%s'".formatted(known, target));
            }
        }
    }

    /**
     * The cases of the subset that are trained on, in its order.
     *
     * @throws UnusableDataException when an image or mask cannot be read
     */
    public List<Example> train() {
        return parts.training().stream().map(this::example).toList();
    }

    /**
     * The cases of the subset that choose epoch and thresholds; none unless the trial asks for them.
     *
     * @throws UnusableDataException when an image or mask cannot be read
     */
    public List<TestCase> validation() {
        return parts.validation().stream().map(this::testCase).toList();
    }

    /**
     * The test cases by ascending key.
     *
     * @throws UnusableDataException when an image or mask cannot be read
     */
    public List<TestCase> test() {
        return dataset.testCases(testLimit).stream().map(this::testCase).toList();
    }

    /** How many test cases there are; none of their images is read for it. */
    public int testImages() {
        return dataset.testCases(testLimit).size();
    }

    private TestCase testCase(DatasetCase c) {
        return new TestCase(c.key(), CaseKey.of(c.group()), c.subgroups(), example(c));
    }

    @Override
    public void close() {
        cache.ifPresent(TensorCache::close);
    }

    private Example example(DatasetCase datasetCase) {
        String name = "case " + datasetCase.key();
        try {
            float[] image = dataset.image(datasetCase, side).toArray();
            return targets.task() == Task.CLASSIFICATION
                    ? new Example(name, image, new float[0][], targets.labels(datasetCase.labels()::get))
                    : new Example(name, image, targets.planes(dataset.mask(datasetCase, side), name), new float[0]);
        } catch (CacheException e) {
            throw unavailable(e);
        } catch (DatasetException e) {
            throw unusable(e);
        }
    }

    private static UnavailableDataException unavailable(CacheException e) {
        return new UnavailableDataException("cache of decoded images: " + e.getMessage(), e);
    }

    private static UnusableDataException unusable(DatasetException e) {
        return new UnusableDataException("data set: " + e.withoutIds().replace('\n', ';'), e);
    }
}
