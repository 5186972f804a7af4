package io.synthray.generator.request;

import io.synthray.event.MaskStructure;
import io.synthray.imaging.mask.BitSetPng;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.RunLengths;
import io.synthray.imaging.mask.Structures;
import io.synthray.inference.sampler.SampleRequest;
import io.synthray.inference.sampler.SamplerModel;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The mask that an image is conditioned on, if any.
 *
 * @param mask as the request brings it, at its own size
 */
record Conditioning(Optional<Mask> mask) {
    private static final int LARGEST_SIDE = 4096;

    /**
     * Reads a request's mask.
     *
     * @param event null: text only
     * @throws UnusableRequestException naming the structure at fault
     */
    static Conditioning of(io.synthray.event.Mask event) {
        if (event == null) {
            return new Conditioning(Optional.empty());
        }
        if (event.getWidth() > LARGEST_SIDE || event.getHeight() > LARGEST_SIDE) {
            throw new UnusableRequestException("mask: expected at most %d x %d pixels, found %d x %d"
                    .formatted(LARGEST_SIDE, LARGEST_SIDE, event.getWidth(), event.getHeight()));
        }
        Map<String, Plane> planes = new TreeMap<>();
        for (MaskStructure structure : event.getStructures()) {
            if (!Structures.DRAWN.contains(structure.getName())) {
                throw new UnusableRequestException(
                        "mask structure '%s': cannot be kept in a mask file, expected one of %s"
                                .formatted(structure.getName(), Structures.DRAWN));
            }
            if (planes.put(structure.getName(), plane(event, structure)) != null) {
                throw new UnusableRequestException(
                        "mask structure '%s': expected once, found twice".formatted(structure.getName()));
            }
        }
        try {
            return new Conditioning(Optional.of(Mask.of(event.getWidth(), event.getHeight(), planes)));
        } catch (IllegalArgumentException e) {
            throw new UnusableRequestException("mask: " + e.getMessage());
        }
    }

    private static Plane plane(io.synthray.event.Mask event, MaskStructure structure) {
        try {
            return RunLengths.decode(event.getWidth(), event.getHeight(), structure.getRuns());
        } catch (IllegalArgumentException e) {
            throw new UnusableRequestException(
                    "mask structure '%s': %s".formatted(structure.getName(), e.getMessage()));
        }
    }

    /**
     * The sampler's mask tensor, K x H x W: structures by name, 1 inside, 0 outside, 255 where not specified.
     *
     * @throws UnusableRequestException naming a structure that the sampler does not know, or the size where the mask is not as square as
     *     the sampler's images
     */
    byte[] tensor(SamplerModel model) {
        int pixels = model.side() * model.side();
        byte[] tensor = new byte[model.maskLength()];
        Arrays.fill(tensor, SampleRequest.UNSPECIFIED);
        mask.ifPresent(Conditioning::requireSquare);
        mask.ifPresent(given -> given.planes().forEach((name, plane) -> {
            int channel = model.structures().indexOf(name);
            if (channel < 0) {
                throw new UnusableRequestException(
                        "mask structure '%s': model %s knows only %s".formatted(name, model.ref(), model.structures()));
            }
            plane.resize(model.side(), model.side()).writeTo(tensor, channel * pixels);
        }));
        return tensor;
    }

    /** Stretched to a square, an anatomy of another shape would be drawn squashed. A pixel may be lost where a picture was cropped. */
    private static void requireSquare(Mask given) {
        if (Math.abs(given.width() - given.height()) > 1) {
            throw new UnusableRequestException(
                    "mask: expected a square as the model's images are, sides that differ by at most 1 pixel, found %d x %d"
                            .formatted(given.width(), given.height()));
        }
    }

    /** The mask as a bit-set PNG at its own size. */
    Optional<byte[]> file() {
        return mask.map(BitSetPng::encode);
    }
}
