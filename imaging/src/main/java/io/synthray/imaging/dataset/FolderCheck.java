package io.synthray.imaging.dataset;

import io.synthray.imaging.digest.Sha256;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.Mask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads every image and mask of a folder and gathers what is wrong with them. */
final class FolderCheck {

    private final Path folder;
    private final List<DatasetCase> cases;
    private final Function<Path, Mask> masks;
    private final List<DatasetProblem> problems = new ArrayList<>();
    private final Map<String, DatasetCase> firstWithContent = new HashMap<>();

    /** @param masks decodes a mask, null if the folder has none */
    FolderCheck(Path folder, List<DatasetCase> cases, Function<Path, Mask> masks) {
        this.folder = folder;
        this.cases = cases;
        this.masks = masks;
    }

    List<DatasetProblem> run() {
        cases.forEach(this::check);
        return List.copyOf(problems);
    }

    private void check(DatasetCase c) {
        String location = FolderDataset.location("images", c);
        GreyImage image;
        try {
            byte[] bytes = Png.bytes(folder.resolve(location));
            image = Png.decode(bytes, "");
            checkIdentical(c, location, Sha256.hex(image.toBytes()));
        } catch (ImageFormatException e) {
            problems.add(DatasetProblem.error(location, e.reason(), c.key()));
            return;
        }
        WashedOut.warning(c, location, image).ifPresent(problems::add);
        if (masks != null) {
            checkMask(c, image);
        }
    }

    private void checkIdentical(DatasetCase c, String location, String content) {
        DatasetCase first = firstWithContent.putIfAbsent(content, c);
        if (first == null) {
            return;
        }
        if (first.split() == c.split()) {
            problems.add(DatasetProblem.warning(location, "identical to the image of case " + first.key(), c.key()));
        } else {
            problems.add(DatasetProblem.error(
                    location,
                    "expected no image in " + first.split().word() + " and in "
                            + c.split().word() + ", found the image of case " + first.key() + " again",
                    c.key()));
        }
    }

    /** A mask of another size than its image, of which nobody can say what it marks. */
    static Optional<DatasetProblem> otherSize(DatasetCase c, int width, int height, Mask mask) {
        return mask.width() == width && mask.height() == height
                ? Optional.empty()
                : Optional.of(DatasetProblem.error(
                        FolderDataset.location("masks", c),
                        "expected the size of the image, " + width + " x " + height + ", found " + mask.width() + " x "
                                + mask.height(),
                        c.key()));
    }

    private void checkMask(DatasetCase c, GreyImage image) {
        String location = FolderDataset.location("masks", c);
        try {
            Mask mask = masks.apply(folder.resolve(location));
            otherSize(c, image.width(), image.height(), mask).ifPresent(problems::add);
        } catch (ImageFormatException e) {
            problems.add(DatasetProblem.error(location, e.reason(), c.key()));
        }
    }
}
