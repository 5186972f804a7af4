package io.synthray.trainer.data;

/**
 * An image and what is true of it. The arrays belong to the example and must not be changed.
 *
 * @param name what errors call it: the key of a real case (no id of a patient), the index of a synthetic image
 * @param image side * side grey levels in 0..1, row-major
 * @param planes segmentation: for each target side * side values, 1 inside and 0 outside; classification: none
 * @param labels classification: for each target 1 or 0, NaN where it is not known; segmentation: none
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier of pixels; never compared.
public record Example(String name, float[] image, float[][] planes, float[] labels) {
    /** An example that no error names. */
    public Example(float[] image, float[][] planes, float[] labels) {
        this("an image", image, planes, labels);
    }
}
