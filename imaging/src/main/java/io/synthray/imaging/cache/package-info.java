/** Decoded and resized images of a data set, kept on disk so that epochs, trials and processes need not decode again. */
package io.synthray.imaging.cache;
