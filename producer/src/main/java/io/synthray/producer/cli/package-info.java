/** The {@code synthray} command line. */
package io.synthray.producer.cli;
