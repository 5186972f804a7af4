package io.synthray.trainer.engine;

/**
 * A tensor of a weights' file.
 *
 * @param shape lengths, outermost first
 * @param values row-major
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier between file and engine; never compared.
record NamedTensor(long[] shape, float[] values) {}
