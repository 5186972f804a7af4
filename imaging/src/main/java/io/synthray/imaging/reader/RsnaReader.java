package io.synthray.imaging.reader;

import io.synthray.imaging.csv.CsvRow;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Grouping;
import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.mask.Box;
import io.synthray.imaging.mask.Mask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * RSNA Pneumonia Detection Challenge, stage 2. Its {@code patientId} names an image: the images are of NIH ChestX-ray14, where a patient has
 * several. Where the challenge's mapping to that data set lies in the folder, patients are known.
 */
final class RsnaReader implements DatasetReader {

    private static final String PNEUMONIA = "pneumonia";
    private static final List<String> COLUMNS = List.of("patientId", "x", "y", "width", "height", "Target");
    private static final String LABELS = "stage_2_train_labels.csv";
    private static final String CLASSES = "stage_2_detailed_class_info.csv";

    @Override
    public boolean recognises(Layout layout) {
        return layout.isFile() ? layout.columns().containsAll(COLUMNS) : layout.has(LABELS);
    }

    @Override
    public Listing read(DatasetSource source) {
        Layout layout = new Layout(source.path());
        Path file = layout.isFile()
                ? source.path()
                : layout.file(LABELS)
                        .orElseThrow(() -> new DatasetException(DatasetProblem.error(
                                source.path().toString(), "expected " + LABELS + ", found none", null)));
        boolean asMasks =
                source.options().word("boxes", "masks", "masks", "boxes").equals("masks");
        ListingBuilder listing =
                new ListingBuilder().labels(List.of(PNEUMONIA)).structures(asMasks ? List.of(PNEUMONIA) : List.of());
        Map<String, List<Box>> boxes = boxes(file, listing);
        Map<String, String> patients = layout.isFile() ? Map.of() : ChestXray14Mapping.read(layout);
        boolean named = !boxes.isEmpty() && patients.keySet().containsAll(boxes.keySet());
        listing.grouping(named ? Grouping.PATIENT : Grouping.IMAGE_ONLY);
        boxes.forEach((id, of) -> {
            String patient = named ? patients.get(id) : null;
            listing.add(
                    new ListedCase(id, patient, named ? patient : id, null, "", listing.labels(!of.isEmpty()), null));
        });
        classes(layout, listing);
        describe(listing, named);
        Images.byName(
                Images.folder(source),
                (id, width, height) -> mask(asMasks, boxes.get(id), width, height),
                id -> boxes.getOrDefault(id, List.of()),
                listing,
                source);
        return listing.build();
    }

    private static Mask mask(boolean asMasks, List<Box> boxes, int width, int height) {
        return asMasks
                ? Mask.of(width, height, Map.of(PNEUMONIA, Box.plane(boxes, width, height)))
                : FilePixels.noMask("", width, height);
    }

    private static Map<String, List<Box>> boxes(Path file, ListingBuilder listing) {
        Map<String, List<Box>> boxes = new LinkedHashMap<>();
        Map<String, String> targets = new HashMap<>();
        long[] counts = new long[2];
        listing.read(file, COLUMNS, row -> {
            counts[0]++;
            String id = row.get("patientId");
            String target = row.get("Target");
            if (!id.matches("[A-Za-z0-9._-]{1,128}")) {
                listing.error(file, row.line(), "patientId: expected an image's id, found another value");
            } else if (!target.matches("[01]")
                    || !targets.getOrDefault(id, target).equals(target)) {
                listing.error(
                        file, row.line(), "Target: expected 0 or 1, the same in every row of an image, found another");
            } else {
                targets.put(id, target);
                List<Box> of = boxes.computeIfAbsent(id, i -> new ArrayList<>(1));
                if (target.equals("1")) {
                    counts[1]++;
                    box(file, row, listing).ifPresent(of::add);
                }
            }
        });
        listing.fact("files", "rows", counts[0]);
        listing.fact("files", "images (patientId)", boxes.size());
        listing.fact(
                "files",
                "positive images",
                boxes.values().stream().filter(b -> !b.isEmpty()).count());
        listing.fact("files", "boxes", counts[1]);
        return boxes;
    }

    private static Optional<Box> box(Path file, CsvRow row, ListingBuilder listing) {
        try {
            return Optional.of(new Box(
                    Double.parseDouble(row.get("x")),
                    Double.parseDouble(row.get("y")),
                    Double.parseDouble(row.get("width")),
                    Double.parseDouble(row.get("height"))));
        } catch (NumberFormatException e) {
            listing.error(file, row.line(), "expected four numbers of a box, found others");
        } catch (ImageFormatException e) {
            listing.error(file, row.line(), e.reason());
        }
        return Optional.empty();
    }

    private static void classes(Layout layout, ListingBuilder listing) {
        Optional<Path> file = layout.isFile() ? Optional.empty() : layout.file(CLASSES);
        Map<String, String> classes = new HashMap<>();
        file.ifPresent(f -> listing.read(
                f, List.of("patientId", "class"), row -> classes.put(row.get("patientId"), row.get("class"))));
        Map<String, Long> counts = new TreeMap<>();
        classes.values().forEach(name -> counts.merge(name, 1L, Long::sum));
        counts.forEach((name, count) -> listing.fact("images by class", name, count));
    }

    private static void describe(ListingBuilder listing, boolean named) {
        listing.note(
                named
                        ? "Patients are those of NIH ChestX-ray14, by the challenge's mapping in the folder."
                        : "patientId names an image and no patient: the images are of NIH ChestX-ray14, where a patient has several. With the"
                                + " challenge's pneumonia-challenge-dataset-mappings_2018.json in the folder, patients are kept together.");
        listing.note(
                "Prakash et al. train and test on the positive and negative images of stage 2's train labels; the labels of its test images"
                        + " were not published.");
    }
}
