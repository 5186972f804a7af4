package io.synthray.imaging.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads an image file by what it begins with: PNG, JPEG or GIF. */
public final class ImageFile {

    private ImageFile() {}

    /**
     * All bytes of a file, of which no more are read than {@link Png#MAX_FILE_BYTES}.
     *
     * @throws ImageFormatException if it cannot be read or is larger; the file is not named
     */
    public static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) Png.MAX_FILE_BYTES + 1);
            if (bytes.length > Png.MAX_FILE_BYTES) {
                throw new ImageFormatException("expected at most " + Png.MAX_FILE_BYTES + " bytes, found more");
            }
            return bytes;
        } catch (java.nio.file.NoSuchFileException e) {
            throw new ImageFormatException("", "expected an image file, found no file", e);
        } catch (IOException e) {
            throw new ImageFormatException("", "cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /**
     * Decodes an image.
     *
     * @param name what errors call the image
     * @throws ImageFormatException if it is of none of the kinds or damaged
     */
    public static GreyImage decode(byte[] bytes, String name) {
        if (bytes.length > 3) {
            if ((bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xd8) {
                return Jpeg.decode(bytes, name);
            }
            if (bytes[0] == 'G' && bytes[1] == 'I' && bytes[2] == 'F') {
                return Gif.decode(bytes, name);
            }
            if ((bytes[0] & 0xff) == 0x89) {
                return Png.decode(bytes, name);
            }
        }
        throw new ImageFormatException(name, "expected a PNG, JPEG or GIF file, found other content", null);
    }
}
