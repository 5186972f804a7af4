/** Trials in, metrics out: trains the downstream model on real and synthetic images and tests it once. */
package io.synthray.trainer;
