package io.synthray.imaging.reader;

import java.nio.file.Path;

/**
 * Where a data set is and how it is read.
 *
 * @param kind which reader
 * @param path a folder as downloaded, or a file: label files for a description alone, .npz for MedMNIST
 * @param options how it is read
 */
public record DatasetSource(DatasetKind kind, Path path, DatasetOptions options) {}
