package io.synthray.imaging.image;

/**
 * The frame header of a JPEG (ITU-T T.81, B.2.2).
 *
 * @param process number of the SOF marker: 0 baseline, 1 extended, 2 progressive, 3 lossless
 * @param precision bits a sample, 2 to 16
 * @param components 1 to 4
 */
record JpegFrame(int process, int precision, int width, int height, int components) {

    JpegFrame {
        if (process > 3) {
            throw new ImageFormatException(
                    "expected baseline, extended, progressive or lossless JPEG, found process SOF" + process);
        }
        if (components < 1 || components > 4) {
            throw new ImageFormatException("expected 1 to 4 components, found " + components);
        }
        if (process != 3 && precision != 8) {
            throw new ImageFormatException("expected 8 bits a sample, found " + precision);
        }
        if (precision < 2 || precision > 16) {
            throw new ImageFormatException("expected 2 to 16 bits a sample, found " + precision);
        }
        PixelBudget.require(width, height, components * (precision > 8 ? 2 : 1));
    }

    boolean lossless() {
        return process == 3;
    }

    /** The first frame header of a file; segments before it are passed over. */
    static JpegFrame of(byte[] jpeg) {
        if (jpeg.length < 4 || at(jpeg, 0) != 0xff || at(jpeg, 1) != 0xd8) {
            throw new ImageFormatException("expected a JPEG file, found other content");
        }
        int position = 2;
        while (position + 9 < jpeg.length) {
            if (at(jpeg, position) != 0xff) {
                throw new ImageFormatException("expected a marker at byte " + position + ", found none");
            }
            int marker = at(jpeg, position + 1);
            if (marker == 0xff) {
                position++;
                continue;
            }
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                return new JpegFrame(
                        marker - 0xc0,
                        at(jpeg, position + 4),
                        two(jpeg, position + 7),
                        two(jpeg, position + 5),
                        at(jpeg, position + 9));
            }
            if (marker == 0xd9 || marker == 0xda) {
                break;
            }
            position += 2 + two(jpeg, position + 2);
        }
        throw new ImageFormatException("expected a frame header, found none");
    }

    private static int at(byte[] bytes, int position) {
        return bytes[position] & 0xff;
    }

    private static int two(byte[] bytes, int position) {
        return at(bytes, position) << 8 | at(bytes, position + 1);
    }
}
