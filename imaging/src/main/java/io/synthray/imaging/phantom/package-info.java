/**
 * A procedural thorax: frontal radiographs of made-up patients with findings, exact masks and labels, computed from a seed by
 * projecting simple bodies with the Beer-Lambert law. It is the built-in data, so that nothing has to be downloaded.
 *
 * <p>Places in the body are given in a frame whose unit is half the image's side: x from -1 (the image's left, the
 * patient's right) to 1, y from -1 (top) to 1 (bottom). Attenuations are in units of the exposure: a ray through attenuation
 * a arrives with the fraction exp(-a).
 */
package io.synthray.imaging.phantom;
