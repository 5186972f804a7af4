/** Content hashes. */
package io.synthray.imaging.digest;
