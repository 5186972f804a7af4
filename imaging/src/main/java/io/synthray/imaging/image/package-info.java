/** Greyscale images in memory, and their PNG files. */
package io.synthray.imaging.image;
