/** The {@code synthray} command line and library: studies are validated, planned, submitted, watched and reported. */
package io.synthray.producer;
