/** Random numbers that depend on a seed and a position only: the same on every machine and in every order of use. */
package io.synthray.imaging.random;
