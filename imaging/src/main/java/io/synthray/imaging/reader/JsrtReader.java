package io.synthray.imaging.reader;

import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Grouping;
import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.file.SafeFolder;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFile;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.Structures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * JSRT's radiographs (raw, or converted to PNG, JPEG or DICOM) with SCR's masks in a folder for each structure, below {@code fold1} and {@code
 * fold2} or not. SCR's first fold is train, its second test, as its authors split them; without folds the split is seeded. An image shows a
 * nodule if its name begins with JPCLN. JSRT names no patients.
 */
final class JsrtReader implements DatasetReader {

    private static final Pattern IMAGE = Pattern.compile("JPC(LN|NN)[0-9]{3}");
    private static final String FILE = "JPC(LN|NN)[0-9]{3}\\.(?i:img|png|jpg|jpeg|dcm|gif)";

    @Override
    public boolean recognises(Layout layout) {
        return !layout.isFile() && layout.hasLike(FILE);
    }

    @Override
    public Listing read(DatasetSource source) {
        SafeFolder folder = Images.folder(source)
                .orElseThrow(() -> new DatasetException(
                        DatasetProblem.error(source.path().toString(), "expected a folder, found a file", null)));
        Found found = find(folder);
        if (found.images.isEmpty()) {
            throw new DatasetException(DatasetProblem.error(
                    source.path().toString(), "expected images JPCLN001 to JPCNN093, found none", null));
        }
        List<String> structures = found.masks.keySet().stream().sorted().toList();
        boolean folds = found.folds.keySet().containsAll(found.images.keySet());
        ListingBuilder listing = new ListingBuilder()
                .labels(List.of("nodule"))
                .structures(structures)
                .grouping(Grouping.IMAGE_ONLY);
        for (String id : found.images.keySet()) {
            for (String structure : structures) {
                if (!found.masks.get(structure).containsKey(id)) {
                    listing.caseError(structure, id, "expected a mask of " + structure + ", found none");
                }
            }
            listing.add(new ListedCase(
                    id,
                    null,
                    id,
                    folds ? found.folds.get(id) : null,
                    "PA",
                    listing.labels(id.startsWith("JPCLN")),
                    null));
        }
        listing.fact("files", "images", found.images.size());
        found.masks.forEach((structure, masks) -> listing.fact("files", "masks of " + structure, masks.size()));
        listing.note("JSRT has 247 images, 154 of them with a nodule, each of one examination; it names no patients.");
        Images.require(folder, found.images::get, listing, source);
        listing.pixels(new FilePixels(
                Optional.of(folder),
                found.images::get,
                (id, width, height) -> mask(folder, found, id),
                FilePixels::noBoxes));
        return listing.build();
    }

    /** Files by id: images, masks by structure, and folds. */
    private record Found(
            TreeMap<String, String> images, Map<String, Map<String, String>> masks, Map<String, Split> folds) {}

    private static Found find(SafeFolder folder) {
        Found found = new Found(new TreeMap<>(), new TreeMap<>(), new HashMap<>());
        Path root = folder.path();
        try (Stream<Path> walk = Files.walk(root, 8)) {
            walk.filter(path -> path.getFileName().toString().matches(FILE))
                    .sorted()
                    .forEach(path -> add(root.relativize(path), found));
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetException(
                    DatasetProblem.error("images", "cannot be listed (" + e.getMessage() + ")", null));
        }
        return found;
    }

    private static void add(Path relative, Found found) {
        String id = ImageIndex.stem(relative.getFileName().toString());
        if (!IMAGE.matcher(id).matches()) {
            return;
        }
        Set<String> parents = new TreeSet<>();
        for (Path part = relative.getParent(); part != null; part = part.getParent()) {
            parents.add(part.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("[ _]", "-"));
        }
        String name = relative.toString().replace('\\', '/');
        for (String structure : Structures.BIT_SET) {
            if (parents.contains(structure) || parents.contains(structure + "s")) {
                found.masks.computeIfAbsent(structure, s -> new HashMap<>()).put(id, name);
                if (parents.contains("fold1")) {
                    found.folds.put(id, Split.TRAIN);
                } else if (parents.contains("fold2")) {
                    found.folds.put(id, Split.TEST);
                }
                return;
            }
        }
        found.images.putIfAbsent(id, name);
    }

    private static Mask mask(SafeFolder folder, Found found, String id) {
        Map<String, Plane> planes = new TreeMap<>();
        int width = 0;
        int height = 0;
        for (Map.Entry<String, Map<String, String>> structure : found.masks.entrySet()) {
            Path file = folder.file(structure.getValue().get(id))
                    .orElseThrow(() -> new ImageFormatException("expected a mask, found none"));
            GreyImage mask = ImageFile.decode(ImageFile.bytes(file), "");
            width = mask.width();
            height = mask.height();
            planes.put(structure.getKey(), Plane.of(width, height, (x, y) -> mask.at(x, y) >= 0.5f));
        }
        int first = width;
        if (planes.values().stream().anyMatch(plane -> plane.width() != first)) {
            throw new ImageFormatException("expected masks of one size, found several");
        }
        return Mask.of(width, height, planes);
    }
}
