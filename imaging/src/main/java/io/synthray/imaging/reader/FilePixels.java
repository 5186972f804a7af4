package io.synthray.imaging.reader;

import io.synthray.imaging.dataset.FileStamp;
import io.synthray.imaging.dataset.Pixels;
import io.synthray.imaging.file.SafeFolder;
import io.synthray.imaging.file.UnsafeFileException;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.mask.Box;
import io.synthray.imaging.mask.Mask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Pictures in files of a folder; masks and boxes from label files, which are there without the folder, too. */
final class FilePixels implements Pixels {

    /** Makes the mask of a case for an image of a size. */
    @FunctionalInterface
    interface Masks {
        Mask mask(String id, int width, int height);
    }

    private final Optional<SafeFolder> folder;
    private final UnaryOperator<String> names;
    private final Masks masks;
    private final Function<String, List<Box>> boxes;

    /**
     * @param folder nothing where only label files are there
     * @param names the file's name relative to the folder by id; null for none
     */
    FilePixels(
            Optional<SafeFolder> folder, UnaryOperator<String> names, Masks masks, Function<String, List<Box>> boxes) {
        this.folder = folder;
        this.names = names;
        this.masks = masks;
        this.boxes = boxes;
    }

    /** Masks of a data set that has none. */
    static Mask noMask(String id, int width, int height) {
        return Mask.of(width, height, Map.of());
    }

    /** Boxes of a data set that has none. */
    static List<Box> noBoxes(String id) {
        return List.of();
    }

    @Override
    public boolean hasImages() {
        return folder.isPresent();
    }

    @Override
    public GreyImage image(String id) {
        return Radiograph.read(file(id));
    }

    private Path file(String id) {
        if (folder.isEmpty()) {
            throw new ImageFormatException("expected a folder with images, found label files alone");
        }
        try {
            String name = names.apply(id);
            if (name != null) {
                return folder.get()
                        .file(name)
                        .orElseThrow(() -> new ImageFormatException("expected an image file, found none"));
            }
        } catch (UnsafeFileException e) {
            throw new ImageFormatException("", e.getMessage(), e);
        }
        throw new ImageFormatException("expected an image file, found none");
    }

    @Override
    public Mask mask(String id, int width, int height) {
        return masks.mask(id, width, height);
    }

    @Override
    public List<Box> boxes(String id) {
        return boxes.apply(id);
    }

    @Override
    public String location(String id) {
        String name = names.apply(id);
        return name == null ? "images" : name;
    }

    @Override
    public long stamp(String id) {
        return folder.isEmpty() ? 0 : FileStamp.of(folder.get().path().resolve(location(id)));
    }
}
