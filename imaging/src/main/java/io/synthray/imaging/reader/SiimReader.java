package io.synthray.imaging.reader;

import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Grouping;
import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.mask.Structures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SIIM-ACR Pneumothorax Segmentation. Its table's header has a blank before the second name, its run-lengths are relative and run down
 * the columns, {@code -1} stands for none, and an image with several pneumothoraces has several rows. Images are of NIH ChestX-ray14; the
 * files have a patient's id of their own for each image, so that patients are not known.
 */
final class SiimReader implements DatasetReader {

    private static final List<String> COLUMNS = List.of("ImageId", "EncodedPixels");
    private static final List<String> NAMES =
            List.of("train-rle.csv", "stage_2_train.csv", "siim-pneumothorax-train-rle.csv");

    @Override
    public boolean recognises(Layout layout) {
        return layout.isFile() ? isTable(layout) : table(layout).isPresent();
    }

    private static boolean isTable(Layout layout) {
        return layout.columns().equals(COLUMNS);
    }

    /** The table of the latest stage. */
    private static Optional<Path> table(Layout layout) {
        return Stream.of(
                        "stage_2_train.csv", "siim-pneumothorax-train-rle.csv", "train-rle.csv", "train-rle-stage1.csv")
                .flatMap(name -> layout.file(name).stream())
                .filter(file -> isTable(new Layout(file)))
                .findFirst();
    }

    @Override
    public Listing read(DatasetSource source) {
        Layout layout = new Layout(source.path());
        Path file = layout.isFile()
                ? source.path()
                : table(layout)
                        .orElseThrow(() -> new DatasetException(DatasetProblem.error(
                                source.path().toString(), "expected one of " + NAMES + ", found none", null)));
        ListingBuilder listing = new ListingBuilder()
                .labels(List.of(Structures.PNEUMOTHORAX))
                .structures(List.of(Structures.PNEUMOTHORAX))
                .grouping(Grouping.IMAGE_ONLY);
        RunLengthTable table = new RunLengthTable();
        table.read(file, "ImageId", "EncodedPixels", listing);
        for (String id : table.ids()) {
            listing.add(new ListedCase(id, null, id, null, "", listing.labels(table.isPositive(id)), null));
        }
        describe(table, listing);
        Map<String, RunLengthTable> tables = Map.of(Structures.PNEUMOTHORAX, table);
        Images.byName(
                Images.folder(source),
                (id, width, height) -> RunLengthTable.mask(tables, id),
                FilePixels::noBoxes,
                listing,
                source);
        return listing.build();
    }

    private static void describe(RunLengthTable table, ListingBuilder listing) {
        int images = table.ids().size();
        listing.fact("files", "rows", table.rows());
        listing.fact("files", "images", images);
        listing.fact("files", "positive images", table.positives());
        listing.fact("files", "negative images", images - table.positives());
        listing.fact("files", "positive rows", table.positiveRows());
        listing.note(
                "Prakash et al. count 1,903 train and 476 test images: together these are the 2,379 positive images of stage 1 (10,675"
                        + " images). Stage 2 adds the 1,372 images of stage 1's test, 290 of them positive: 12,047 images, 2,669 positive. Negative"
                        + " images are in neither of the paper's numbers.");
        listing.note(
                "The images are of NIH ChestX-ray14, where a patient has several; each file has a patient's id of its own, so that patients"
                        + " cannot be kept together.");
    }
}
