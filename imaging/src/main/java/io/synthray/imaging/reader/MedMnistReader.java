package io.synthray.imaging.reader;

import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Grouping;
import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.file.UnsafeFileException;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.npz.NpzFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * MedMNIST: an .npz file with images and labels of train, validation and test, grey or colour, at any of its sizes. Patients are not named.
 * Images of equal pixels are found while reading.
 */
final class MedMnistReader implements DatasetReader {

    private static final List<String> CHEST = List.of(
            "atelectasis",
            "cardiomegaly",
            "effusion",
            "infiltration",
            "mass",
            "nodule",
            "pneumonia",
            "pneumothorax",
            "consolidation",
            "edema",
            "emphysema",
            "fibrosis",
            "pleural",
            "hernia");
    private static final int MOST_CLASSES = 64;
    private static final int MOST_IMAGES = 2_000_000;

    @Override
    public boolean recognises(Layout layout) {
        return layout.path().getFileName().toString().endsWith(".npz") && layout.isFile();
    }

    @Override
    public Listing read(DatasetSource source) {
        Path file = source.path();
        try (NpzFile npz = NpzFile.open(file)) {
            return list(npz, file);
        } catch (ImageFormatException e) {
            throw new DatasetException(DatasetProblem.error(file.getFileName().toString(), e.reason(), null));
        } catch (UnsafeFileException e) {
            throw new DatasetException(DatasetProblem.error(file.getFileName().toString(), e.getMessage(), null));
        }
    }

    private static Listing list(NpzFile npz, Path file) {
        ListingBuilder listing = new ListingBuilder().grouping(Grouping.IMAGE_ONLY);
        ArrayPixels.Builder pixels = new ArrayPixels.Builder(file);
        Map<Split, byte[][]> labels = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            String name = split == Split.VALIDATION ? "val" : split.word();
            int images = npz.read(name + "_images", (shape, in) -> pixels.add(split, shape, in));
            labels.put(split, labels(npz, name, images));
        }
        Meaning meaning = meaning(file, labels);
        listing.labels(meaning.names());
        labels.forEach((split, values) -> {
            listing.fact("files", split.word() + " images", values.length);
            for (int i = 0; i < values.length; i++) {
                String id = ArrayPixels.id(split, i);
                listing.add(new ListedCase(id, null, id, split, "", listing.labels(meaning.labels(values[i])), null));
            }
        });
        describe(listing, pixels);
        return listing.pixels(pixels.build()).build();
    }

    private static byte[][] labels(NpzFile npz, String name, int images) {
        return npz.read(name + "_labels", (shape, in) -> {
            int classes = shape.size() < 2 ? 1 : shape.get(1);
            if (shape.get(0) != images || shape.size() > 2 || classes > MOST_CLASSES || images > MOST_IMAGES) {
                throw new ImageFormatException(name + "_labels: expected " + images + " rows of at most " + MOST_CLASSES
                        + " labels, found " + shape);
            }
            List<byte[]> rows = new ArrayList<>();
            for (int i = 0; i < images; i++) {
                byte[] row = in.readNBytes(classes);
                if (row.length < classes) {
                    throw new ImageFormatException(name + "_labels: expected " + images + " rows, found " + i);
                }
                rows.add(row);
            }
            return rows.toArray(new byte[0][]);
        });
    }

    /** What the numbers of a label array say. */
    private record Meaning(List<String> names, boolean single) {

        Boolean[] labels(byte[] row) {
            Boolean[] labels = new Boolean[names.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = single ? (names.size() == 1 ? row[0] == 1 : row[0] == i) : row[i] == 1;
            }
            return labels;
        }
    }

    private static Meaning meaning(Path file, Map<Split, byte[][]> labels) {
        String name = file.getFileName().toString();
        int width = labels.values().stream().flatMap(Stream::of).findFirst().orElseThrow().length;
        int highest = labels.values().stream()
                .flatMap(Stream::of)
                .flatMapToInt(row -> IntStream.range(0, row.length).map(i -> row[i] & 0xff))
                .max()
                .orElse(0);
        if (highest >= MOST_CLASSES || (width > 1 && highest > 1)) {
            throw new ImageFormatException(
                    "labels: expected 0 to " + (MOST_CLASSES - 1) + ", or 0 and 1 for several," + " found " + highest);
        }
        if (width == 1 && highest <= 1) {
            return new Meaning(List.of(name.startsWith("pneumoniamnist") ? "pneumonia" : "class-1"), true);
        }
        if (width == CHEST.size() && name.startsWith("chestmnist")) {
            return new Meaning(CHEST, false);
        }
        int classes = width == 1 ? highest + 1 : width;
        return new Meaning(
                IntStream.range(0, classes).mapToObj(i -> "class-" + i).toList(), width == 1);
    }

    private static void describe(ListingBuilder listing, ArrayPixels.Builder pixels) {
        List<List<String>> identical = pixels.identical();
        listing.identical(identical);
        Map<String, Split> splits = new LinkedHashMap<>();
        listing.cases().forEach(c -> splits.put(c.id(), c.split()));
        long across = 0;
        Map<Split, Long> within = new LinkedHashMap<>();
        for (List<String> same : identical) {
            List<Split> sides = same.stream().map(splits::get).toList();
            Split last = sides.stream().max(java.util.Comparator.naturalOrder()).orElseThrow();
            boolean crosses = sides.stream().distinct().count() > 1;
            across += crosses ? sides.stream().filter(s -> s == last).count() : 0;
            for (Split split : Split.values()) {
                long of = sides.stream().filter(s -> s == split).count();
                within.merge(split, Math.max(0, of - 1), Long::sum);
            }
        }
        listing.fact("identical pixels", "validation or test images that equal one of another side", across);
        within.forEach((split, count) -> listing.fact("identical pixels", "duplicates within " + split.word(), count));
        listing.note(
                "MedMNIST names no patients. Where images of two sides have equal pixels, those of the earlier side (train, then validation) are"
                        + " left out; equal images of one side stay together in every subset.");
    }
}
