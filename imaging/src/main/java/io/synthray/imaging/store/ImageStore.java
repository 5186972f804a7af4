package io.synthray.imaging.store;

import java.net.URI;

/**
 * A content-addressed store: an object's place follows from its bytes, so putting it again, from any process, changes nothing.
 * Safe for use by several threads.
 */
public interface ImageStore {

    /**
     * Stores an object; when this returns, it survives a crash of the machine.
     *
     * @param extension file name extension without the dot, lower-case letters and digits, for example {@code png}
     * @throws StoreUnavailableException if it cannot be written
     * @throws IllegalArgumentException if the extension is malformed
     */
    StoredObject put(byte[] bytes, String extension);

    /**
     * Reads an object and checks its content.
     *
     * @param uri as {@link #put} returned it
     * @param expectedSha256 64 lower-case hexadecimal digits
     * @throws ObjectMissingException if the store has no such object
     * @throws ObjectCorruptException if the content's hash is another one
     * @throws StoreUnavailableException if it cannot be read at present
     * @throws IllegalArgumentException if the URI does not lie in this store
     */
    byte[] get(URI uri, String expectedSha256);

    /**
     * Removes an object that nobody needs any more, for instance a state that a later one replaces; one that is not there is none to remove.
     *
     * @param uri as {@link #put} returned it
     * @throws StoreUnavailableException if it cannot be removed
     * @throws IllegalArgumentException if the URI does not lie in this store
     */
    void delete(URI uri);
}
