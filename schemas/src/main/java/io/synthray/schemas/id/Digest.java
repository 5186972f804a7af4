package io.synthray.schemas.id;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Incremental SHA-256 over fields, each with its length in front, so that no two field lists share their bytes. */
final class Digest {
    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Digest add(String field) {
        return add(field.getBytes(StandardCharsets.UTF_8));
    }

    Digest add(byte[] field) {
        return add(field.length).raw(field);
    }

    Digest add(int number) {
        return raw(new byte[] {(byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number});
    }

    private Digest raw(byte[] bytes) {
        sha256.update(bytes);
        return this;
    }

    /** The digest so far as 64 hex digits; the object is spent afterwards. */
    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
