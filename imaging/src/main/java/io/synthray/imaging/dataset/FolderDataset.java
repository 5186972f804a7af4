package io.synthray.imaging.dataset;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.image.PngHeader;
import io.synthray.imaging.mask.BitSetPng;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Structures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with {@code index.csv}, {@code images/ID.png} and, optionally, {@code masks/ID.png}: bit sets of the structures in
 * {@link Structures#BIT_SET}, or of those that {@code structures.txt} names, one a line in the order of the bits. The index's format
 * is that of the module's README.
 */
public final class FolderDataset implements Dataset {

    private final Path folder;
    private final List<String> labels;
    private final List<String> structures;
    private final List<DatasetCase> cases;

    private FolderDataset(Path folder, IndexCsv index, List<String> structures) {
        this.folder = folder;
        this.labels = index.labels();
        this.structures = structures;
        this.cases = index.cases().stream()
                .sorted(Comparator.comparing(DatasetCase::key))
                .toList();
    }

    /**
     * Opens a folder: reads its index and sees that every file is there, but reads no image.
     *
     * @throws DatasetException with all errors that are found
     */
    public static FolderDataset open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(DatasetProblem.error(
                    folder.toString(), "expected a directory with index.csv and images, found none", null));
        }
        if (!Files.isRegularFile(folder.resolve(IndexCsv.FILE))) {
            throw new DatasetException(DatasetProblem.error(
                    folder.resolve(IndexCsv.FILE).toString(),
                    "expected a file that lists the images, found none",
                    null));
        }
        IndexCsv index = IndexCsv.read(folder.resolve(IndexCsv.FILE));
        List<DatasetProblem> problems = new ArrayList<>(index.problems());
        List<String> structures = structures(folder, problems);
        if (problems.isEmpty()) {
            for (Split split : List.of(Split.TRAIN, Split.TEST)) {
                if (index.cases().stream().noneMatch(c -> c.split() == split)) {
                    problems.add(DatasetProblem.error(
                            IndexCsv.FILE, "expected a " + split.word() + " case at least, found none", null));
                }
            }
            problems.addAll(missing(folder, "images", index.cases()));
            if (!structures.isEmpty()) {
                problems.addAll(missing(folder, "masks", index.cases()));
            }
        }
        if (!problems.isEmpty()) {
            throw new DatasetException(problems);
        }
        return new FolderDataset(folder, index, structures);
    }

    private static List<String> structures(Path folder, List<DatasetProblem> problems) {
        Path file = folder.resolve("structures.txt");
        if (!Files.isDirectory(folder.resolve("masks"))) {
            return List.of();
        }
        if (!Files.exists(file)) {
            return Structures.BIT_SET;
        }
        try {
            List<String> names = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(String::strip)
                    .toList();
            names.forEach(Structures::requireName);
            if (names.isEmpty() || names.size() > 8 || Set.copyOf(names).size() < names.size()) {
                throw new IllegalArgumentException("expected 1 to 8 different structures, found " + names.size());
            }
            return names;
        } catch (IOException | IllegalArgumentException e) {
            problems.add(DatasetProblem.error("structures.txt", e.getMessage(), null));
            return List.of();
        }
    }

    private static List<DatasetProblem> missing(Path folder, String kind, List<DatasetCase> cases) {
        Path directory = folder.resolve(kind);
        Set<String> present;
        try (Stream<Path> files = Files.list(directory)) {
            present = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            return List.of(
                    DatasetProblem.error(directory.toString(), "expected a directory of PNG files, found none", null));
        }
        return cases.stream()
                .filter(c -> !present.contains(fileName(c)))
                .map(c -> DatasetProblem.error(location(kind, c), "expected a PNG file, found none", c.key()))
                .toList();
    }

    @Override
    public List<DatasetCase> cases() {
        return cases;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public List<String> structures() {
        return structures;
    }

    @Override
    public Grouping grouping() {
        return cases.stream().allMatch(c -> c.patientId() != null) ? Grouping.PATIENT : Grouping.IMAGE_ONLY;
    }

    @Override
    public GreyImage image(DatasetCase datasetCase, int side) {
        return image(datasetCase).resize(side, side);
    }

    /**
     * Reads an image as it is.
     *
     * @throws DatasetException if it cannot be read
     */
    public GreyImage image(DatasetCase datasetCase) {
        return reading("images", datasetCase, path -> Png.decode(Png.bytes(path), ""));
    }

    @Override
    public Mask mask(DatasetCase datasetCase, int side) {
        return mask(datasetCase).resize(side, side);
    }

    /**
     * Reads a mask as it is.
     *
     * @throws DatasetException if the data set has no masks, or this one cannot be read or is of another size than its image
     */
    public Mask mask(DatasetCase datasetCase) {
        if (structures.isEmpty()) {
            throw new DatasetException(DatasetProblem.error(
                    folder.resolve("masks").toString(), "expected a directory of masks, found none", null));
        }
        Mask mask = reading("masks", datasetCase, this::decodeMask);
        PngHeader image = reading("images", datasetCase, Png::header);
        FolderCheck.otherSize(datasetCase, image.width(), image.height(), mask).ifPresent(problem -> {
            throw new DatasetException(problem);
        });
        return mask;
    }

    @Override
    public List<DatasetProblem> check() {
        return new FolderCheck(folder, cases, structures.isEmpty() ? null : this::decodeMask).run();
    }

    @Override
    public long stamp(DatasetCase datasetCase) {
        long image = FileStamp.of(folder.resolve(location("images", datasetCase)));
        return structures.isEmpty() ? image : FileStamp.and(image, folder.resolve(location("masks", datasetCase)));
    }

    private Mask decodeMask(Path file) {
        return BitSetPng.decode(Png.bytes(file), "", structures);
    }

    static String location(String kind, DatasetCase datasetCase) {
        return kind + "/" + fileName(datasetCase);
    }

    private static String fileName(DatasetCase datasetCase) {
        return datasetCase.id() + ".png";
    }

    private interface Reading<T> {
        T read(Path file);
    }

    private <T> T reading(String kind, DatasetCase datasetCase, Reading<T> reading) {
        String location = location(kind, datasetCase);
        try {
            return reading.read(folder.resolve(location));
        } catch (ImageFormatException e) {
            throw new DatasetException(DatasetProblem.error(location, e.reason(), datasetCase.key()));
        }
    }
}
