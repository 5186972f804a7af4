package io.synthray.imaging.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells whether a file has changed, by its size and the time of its last change. */
public final class FileStamp {

    private static final long MIX = 0x9e3779b97f4a7c15L;

    private FileStamp() {}

    /** A file's stamp; that of an absent file is a number, too. */
    public static long of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return mix(
                    mix(MIX, attributes.size()), attributes.lastModifiedTime().toMillis());
        } catch (IOException e) {
            return MIX;
        }
    }

    /** A stamp of what has another stamp and of one more file. */
    public static long and(long stamp, Path file) {
        return mix(stamp, of(file));
    }

    private static long mix(long stamp, long value) {
        long mixed = (stamp ^ value) * MIX;
        return mixed ^ (mixed >>> 29);
    }
}
