package io.synthray.imaging.reader;

import io.synthray.imaging.dataset.ListedCase;
import io.synthray.imaging.file.SafeFolder;
import io.synthray.imaging.file.UnsafeFileException;
import io.synthray.imaging.mask.Box;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Finds the file of every listed case, before anything relies on it. */
final class Images {

    private Images() {}

    /** The folder of a source, nothing where the source is a file. */
    static Optional<SafeFolder> folder(DatasetSource source) {
        return java.nio.file.Files.isDirectory(source.path())
                ? Optional.of(SafeFolder.of(source.path()))
                : Optional.empty();
    }

    /**
     * Gives a listing its pictures: files anywhere below the folder that have the ids as their names. A name that several files have is a problem,
     * and so is a missing file ({@link #require}).
     */
    static void byName(
            Optional<SafeFolder> folder,
            FilePixels.Masks masks,
            Function<String, List<Box>> boxes,
            ListingBuilder listing,
            DatasetSource source) {
        UnaryOperator<String> names = id -> null;
        if (folder.isPresent()) {
            ImageIndex index = new ImageIndex(folder.get());
            names = id -> index.find(id).orElse(null);
            for (ListedCase c : listing.cases()) {
                if (index.isAmbiguous(c.id())) {
                    listing.caseError(
                            index.find(c.id()).orElseThrow(), c.id(), "expected one file of the name, found several");
                }
            }
            require(folder.get(), names, listing, source);
        }
        listing.pixels(new FilePixels(folder, names, masks, boxes));
    }

    /**
     * Sees that every case has its file. One that has none is a problem, or is left out if the options say so. One whose name leads out of
     * the folder is a problem always.
     */
    static void require(
            SafeFolder folder, Function<String, String> names, ListingBuilder listing, DatasetSource source) {
        boolean skip = source.options()
                .word("missing-images", "error", "error", "skip")
                .equals("skip");
        int before = listing.cases().size();
        listing.cases().removeIf(c -> {
            String name = names.apply(c.id());
            try {
                boolean there = name != null && folder.file(name).isPresent();
                if (!there && !skip) {
                    listing.caseError(name == null ? "images" : name, c.id(), "expected an image file, found none");
                }
                return !there && skip;
            } catch (UnsafeFileException e) {
                listing.caseError("images", c.id(), e.getMessage());
                return false;
            }
        });
        int left = listing.cases().size();
        if (left < before) {
            listing.warning(
                    source.path(),
                    0,
                    (before - left) + " of " + before + " cases are left out, since their images are missing");
        }
    }
}
