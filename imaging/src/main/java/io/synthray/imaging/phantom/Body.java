package io.synthray.imaging.phantom;

/** Something a ray passes through. */
@FunctionalInterface
interface Body {

    /** The attenuation that it adds to (or, displacing denser matter, takes from) the ray at x, y. */
    double attenuation(double x, double y);
}
