package io.synthray.imaging.phantom;

/** A body with an outline of its own in the mask. */
interface Lesion extends Body {

    /** Name of the structure in a mask. */
    String structure();

    /** Whether the point is within the outline. */
    boolean contains(double x, double y);
}
