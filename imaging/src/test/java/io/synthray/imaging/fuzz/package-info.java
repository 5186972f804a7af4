/** Damaged files of every kind: a value or the reader's own exception, in bounded memory and time. */
package io.synthray.imaging.fuzz;
