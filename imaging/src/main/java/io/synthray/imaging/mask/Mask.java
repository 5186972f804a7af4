package io.synthray.imaging.mask;

import io.synthray.imaging.digest.Sha256;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The segmentation of one image: a binary plane for every structure that is specified. Planes may overlap. A structure
 * without a plane is not specified, which is something else than an empty plane: the structure is known to be absent.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param planes planes of this size by structure name, ordered by name
 */
public record Mask(int width, int height, SortedMap<String, Plane> planes) {

    /** @throws IllegalArgumentException if a name is malformed or a plane is of another size */
    public Mask {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException("expected a positive size, found " + width + " x " + height);
        }
        planes = Collections.unmodifiableSortedMap(new TreeMap<>(planes));
        for (var entry : planes.entrySet()) {
            Structures.requireName(entry.getKey());
            Plane plane = entry.getValue();
            if (plane.width() != width || plane.height() != height) {
                throw new IllegalArgumentException(entry.getKey() + ": expected a plane of " + width + " x " + height
                        + ", found " + plane.width() + " x " + plane.height());
            }
        }
    }

    /** Makes a mask from planes by structure name, in any order. */
    public static Mask of(int width, int height, Map<String, Plane> planes) {
        return new Mask(width, height, new TreeMap<>(planes));
    }

    /** The plane of a structure, or nothing if it is not specified. */
    public Optional<Plane> plane(String structure) {
        return Optional.ofNullable(planes.get(structure));
    }

    /** This mask at another size, plane by plane as {@link Plane#resize}. */
    public Mask resize(int newWidth, int newHeight) {
        TreeMap<String, Plane> resized = new TreeMap<>();
        planes.forEach((name, plane) -> resized.put(name, plane.resize(newWidth, newHeight)));
        return new Mask(newWidth, newHeight, resized);
    }

    /**
     * SHA-256 in lower-case hexadecimal over the canonical form in ASCII: a line {@code synthray-mask 1}, a line
     * {@code WIDTH HEIGHT}, then for every structure in the order of names a line {@code NAME RUN,RUN,...} with the runs of
     * {@link RunLengths#encode}. Every line ends with a line feed.
     */
    public String sha256() {
        String canonical = planes.entrySet().stream()
                .map(entry -> entry.getKey() + " "
                        + RunLengths.encode(entry.getValue()).stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(","))
                        + "\n")
                .collect(Collectors.joining("", "synthray-mask 1\n" + width + " " + height + "\n", ""));
        return Sha256.hex(canonical);
    }
}
