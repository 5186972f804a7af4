package io.synthray.trainer.engine;

/**
 * What network to build.
 *
 * @param architecture kind of network
 * @param side pixels along each side of the square greyscale images, a multiple of 2^depth
 * @param outputs structures or classes, 1 or more
 * @param width channels of the first level, 4..128; each further level has twice as many
 * @param depth levels of resolution, 2..6
 */
public record NetworkShape(Architecture architecture, int side, int outputs, int width, int depth) {
    /** @throws UnsupportedNetworkException when a number is out of its range */
    public NetworkShape {
        require("network width", width, 4, 128);
        require("network depth", depth, 2, 6);
        require("number of targets", outputs, 1, 1024);
        int multiple = 1 << depth;
        if (side < multiple || side % multiple != 0) {
            throw new UnsupportedNetworkException(
                    "image side: expected a multiple of %d for a network of %d levels, found %d"
                            .formatted(multiple, depth, side));
        }
    }

    private static void require(String what, int value, int low, int high) {
        if (value < low || value > high) {
            throw new UnsupportedNetworkException("%s: expected %d..%d, found %d".formatted(what, low, high, value));
        }
    }

    /** Values that the network gives for one image: side x side x outputs for a U-Net, outputs for a classifier. */
    public int valuesPerImage() {
        return switch (architecture) {
            case UNET -> Math.multiplyExact(Math.multiplyExact(side, side), outputs);
            case SMALL_CNN -> outputs;
        };
    }

    /** Pixels of one image. */
    public int pixelsPerImage() {
        return Math.multiplyExact(side, side);
    }
}
