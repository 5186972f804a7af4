package io.synthray.trainer.engine;

/**
 * What network to build.
 *
 * @param architecture kind of network
 * @param side pixels along each side of the square greyscale images; a multiple of 2^depth for a U-Net or small CNN, 28..512 for the others, but for a script, which has its own
 * @param outputs structures or classes, 1 or more
 * @param width channels of the first level, 4..128, even for a DenseNet; each further level has more; a script has its own
 * @param depth levels of resolution of a U-Net or small CNN, 2..6; the others have theirs by name
 */
public record NetworkShape(Architecture architecture, int side, int outputs, int width, int depth) {
    /** @throws UnsupportedNetworkException when a number is out of its range */
    public NetworkShape {
        require("number of targets", outputs, 1, 1024);
        if (!architecture.scripted()) {
            require("network width", width, 4, 128);
        }
        if (architecture.levelled()) {
            require("network depth", depth, 2, 6);
            int multiple = 1 << depth;
            if (side < multiple || side % multiple != 0) {
                throw new UnsupportedNetworkException(
                        "image side: expected a multiple of %d for a network of %d levels, found %d"
                                .formatted(multiple, depth, side));
            }
        } else if (!architecture.scripted()) {
            require("image side for " + architecture.label(), side, 28, 512);
        }
        if (architecture == Architecture.DENSENET_121 && width % 2 != 0) {
            throw new UnsupportedNetworkException(
                    "network width: expected an even number for densenet-121, found " + width);
        }
    }

    private static void require(String what, int value, int low, int high) {
        if (value < low || value > high) {
            throw new UnsupportedNetworkException("%s: expected %d..%d, found %d".formatted(what, low, high, value));
        }
    }

    /** Values that the network gives for one image: side x side x outputs for a U-Net, outputs for a classifier. */
    public int valuesPerImage() {
        return architecture.segments() ? Math.multiplyExact(Math.multiplyExact(side, side), outputs) : outputs;
    }

    /** Pixels of one image. */
    public int pixelsPerImage() {
        return Math.multiplyExact(side, side);
    }
}
