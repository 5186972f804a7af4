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

    /** Whether {@code key} is this request's {@link #key()}, without making it. */
    public boolean hasKey(String key) {
        String study = imageSet.study();
        String arm = imageSet.arm();
        String set = imageSet.imageSet();
        int armAt = study.length() + 1;
        int setAt = armAt + arm.length() + 1;
        int indexAt = setAt + set.length() + 1;
        String digits = Integer.toString(index);
        return key.length() == indexAt + digits.length()
                && key.startsWith(study)
                && key.charAt(armAt - 1) == '/'
                && key.startsWith(arm, armAt)
                && key.charAt(setAt - 1) == '/'
                && key.startsWith(set, setAt)
                && key.charAt(indexAt - 1) == '/'
                && key.endsWith(digits);
    }

    @Override
    public String toString() {
        return key();
    }
}
