package io.synthray.producer.report;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.BitSetPng;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.store.ImageStores;
import io.synthray.imaging.store.StoreException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads synthetic images and their masks from the stores that their events name, and verifies their hashes. */
final class StoredPictures {
    private static final String OBJECTS = "/sha256/";

    /** @throws PictureUnavailableException when the image cannot be read, or its content has another hash */
    GreyImage image(SyntheticImage image) {
        try {
            return Png.decode(read(image.uri(), image.sha256()), "");
        } catch (ImageFormatException e) {
            throw new PictureUnavailableException("image " + image.index() + ": " + e.reason(), e);
        }
    }

    /**
     * The mask that conditioned the image; null for text only.
     *
     * @throws PictureUnavailableException when the mask cannot be read, or its content has another hash
     */
    Mask mask(SyntheticImage image) {
        if (image.maskUri() == null || image.maskSha256() == null) {
            return null;
        }
        try {
            return BitSetPng.decode(read(image.maskUri(), image.maskSha256()), "");
        } catch (ImageFormatException e) {
            throw new PictureUnavailableException("mask of image " + image.index() + ": " + e.reason(), e);
        }
    }

    private static byte[] read(String uri, String sha256) {
        try {
            int objects = uri.indexOf(OBJECTS);
            if (objects < 0) {
                throw new IllegalArgumentException("expected the URI of an object in an image store, found " + uri);
            }
            URI root = URI.create(uri.substring(0, objects + 1));
            // Opening a store makes its directory, which is not for a reader to do.
            if ("file".equals(root.getScheme()) && !Files.isDirectory(Path.of(root.getPath()))) {
                throw new PictureUnavailableException("the image store " + root + " is not on this machine", null);
            }
            return ImageStores.open(root).get(URI.create(uri), sha256);
        } catch (StoreException | IllegalArgumentException e) {
            throw new PictureUnavailableException(e.getMessage(), e);
        }
    }
}
