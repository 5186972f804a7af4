/** Segmentation masks: one binary plane a structure, their run-length and bit-set PNG forms. */
package io.synthray.imaging.mask;
