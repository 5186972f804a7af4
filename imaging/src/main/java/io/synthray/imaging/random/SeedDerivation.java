package io.synthray.imaging.random;

import io.synthray.imaging.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Derives a study's seeds from its one seed, so that every use has random numbers of its own. */
public final class SeedDerivation {

    private SeedDerivation() {}

    /**
     * The first 8 bytes, big-endian, of the SHA-256 of the canonical text in UTF-8: the line {@code synthray-seed 1}, a line with
     * the study's seed in decimal, then for every part of the path a line {@code LENGTH:PART} with the part's length in bytes of
     * UTF-8. Every line ends with a line feed.
     *
     * @param path what the seed is for, for example {@code "request", "mask-and-text", "shared", "17"}
     */
    public static long derive(long studySeed, String... path) {
        StringBuilder canonical =
                new StringBuilder("synthray-seed 1\n").append(studySeed).append('\n');
        for (String part : path) {
            canonical
                    .append(part.getBytes(StandardCharsets.UTF_8).length)
                    .append(':')
                    .append(part)
                    .append('\n');
        }
        return ByteBuffer.wrap(Sha256.of(canonical.toString().getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
