/**
 * Readers of published data sets as they are downloaded: each lists the cases of its label files and finds their pictures. {@link
 * io.synthray.imaging.reader.Datasets} opens any of them. Which kinds there are, with their options: docs/datasets.md.
 */
package io.synthray.imaging.reader;
