package io.synthray.imaging.store;

import java.net.URI;
import java.nio.file.Path;

/** Opens the store that a URI names. */
public final class ImageStores {

    private ImageStores() {}

    /**
     * Opens a store.
     *
     * @param root {@code file:///DIRECTORY}; the directory is made if it is not there
     * @throws IllegalArgumentException if the URI is of another kind
     * @throws StoreUnavailableException if the directory cannot be made
     */
    public static ImageStore open(URI root) {
        String host = root.getHost();
        boolean local = host == null || host.isEmpty() || host.equals("localhost");
        if (!"file".equals(root.getScheme())
                || !local
                || root.getPath() == null
                || !root.getPath().startsWith("/")) {
            throw new IllegalArgumentException(
                    "image store: expected a URI of the form file:///DIRECTORY, found " + root);
        }
        return new FileImageStore(Path.of(root.getPath()));
    }
}
