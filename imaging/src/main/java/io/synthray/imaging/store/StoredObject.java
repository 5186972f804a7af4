package io.synthray.imaging.store;

import java.net.URI;

/**
 * An object that is safely in a store.
 *
 * @param uri where it is
 * @param sha256 SHA-256 of its content, 64 lower-case hexadecimal digits
 * @param size bytes
 */
public record StoredObject(URI uri, String sha256, long size) {}
