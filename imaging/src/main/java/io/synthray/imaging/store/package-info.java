/** Where image files are kept, under the hash of their content. */
package io.synthray.imaging.store;
