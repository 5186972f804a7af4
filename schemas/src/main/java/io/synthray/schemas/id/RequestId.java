package io.synthray.schemas.id;

/**
 * One generation request: {@code study/arm/imageSet/index}.
 *
 * @param imageSet the image set that the image belongs to
 * @param index 0..n-1 within the image set
 */
public record RequestId(ImageSetId imageSet, int index) {
    /** @throws IllegalArgumentException when the index is negative */
    public RequestId {
        if (index < 0) {
            throw new IllegalArgumentException("index " + index + ": expected 0 or more");
        }
    }

    /**
     * Takes {@code study/arm/imageSet/index} apart.
     *
     * @throws IllegalArgumentException when it is spelt otherwise
     */
    public static RequestId parse(String key) {
        String[] parts = key.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("request '" + key + "': expected study/arm/imageSet/index");
        }
        try {
            return new RequestId(new ImageSetId(parts[0], parts[1], parts[2]), Integer.parseInt(parts[3]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("request '" + key + "': expected a number for its index", e);
        }
    }

    /** The key {@code study/arm/imageSet/index}. */
    public String key() {
        return imageSet.key() + "/" + index;
    }

    @Override
    public String toString() {
        return key();
    }
}
