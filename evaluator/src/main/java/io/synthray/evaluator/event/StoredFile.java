package io.synthray.evaluator.event;

/**
 * A file in a store. The store's names have the digest in them, so that what stands around it is the same for every file.
 *
 * @param digest of its bytes
 * @param before what its URI has before the digest; the whole URI where the digest is not in it
 * @param behind what its URI has behind the digest; null where the digest is not in it
 */
public record StoredFile(FileDigest digest, String before, String behind) {
    /**
     * A file as an event names it.
     *
     * @param field what the digest is called there, for the message
     * @throws IllegalArgumentException when the digest is not one
     */
    static StoredFile of(String field, String sha256, String uri) {
        FileDigest digest = FileDigest.parse(field, sha256);
        int at = uri.indexOf(sha256);
        return at < 0
                ? new StoredFile(digest, uri, null)
                : new StoredFile(digest, uri.substring(0, at), uri.substring(at + sha256.length()));
    }

    /** Where it lies. */
    public String uri() {
        return behind == null ? before : before + digest + behind;
    }
}
