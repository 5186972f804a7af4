/** Comparisons with what Python's libraries make of the same files, run in an environment of pinned versions. */
package io.synthray.imaging.reference;
