package io.synthray.imaging.image;

import java.io.IOException;

/** Runs decoders that answer damage with all kinds of exceptions, and turns these into one that names the image. */
final class Decoding {

    interface Read<T> {
        T read() throws IOException;
    }

    private Decoding() {}

    /**
     * @param name what errors call the image
     * @param kind what the content ought to be, with its article
     */
    static <T> T named(String name, String kind, Read<T> read) {
        try {
            return read.read();
        } catch (ImageFormatException e) {
            throw new ImageFormatException(name, e.reason(), e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new ImageFormatException(name, "expected " + kind + " file, found no file", e);
        } catch (IOException | RuntimeException e) {
            throw new ImageFormatException(
                    name, "cannot be read as " + kind + " (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
