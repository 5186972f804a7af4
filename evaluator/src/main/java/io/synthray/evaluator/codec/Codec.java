package io.synthray.evaluator.codec;

/**
 * Values to bytes and back.
 *
 * @param <V> class of the values; never null
 */
public interface Codec<V> {
    /** The value's bytes; equal values give equal bytes. */
    byte[] encode(V value);

    /** The value that {@link #encode} gave these bytes for. */
    V decode(byte[] bytes);
}
