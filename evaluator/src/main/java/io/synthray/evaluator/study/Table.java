package io.synthray.evaluator.study;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Values by key, in the order of the characters that the keys are spelt with.
 *
 * @param <K> class of the keys: a text, or what is spelt only where it leaves memory
 * @param <V> class of the values
 */
public interface Table<K, V> {
    /** The value of the key. */
    Optional<V> get(K key);

    /**
     * Notes that a key has no value, where the caller knows: asking a store for what it does not have costs it a native exception.
     * It is remembered until the key gets a value, so the caller should hold the key anyway.
     *
     * @param key without a value
     */
    void foresee(K key);

    /** Sets the value of the key. */
    void put(K key, V value);

    /**
     * Notes that the value of the key is not likely to change again: it need not wait for the commit, where everything that does is
     * written at once while nothing else goes on. Nothing happens where it has been written.
     *
     * @param key with or without a value
     */
    void settle(K key);

    /** Forgets the key, if it is there. */
    void delete(K key);

    /**
     * Shows every key that is spelt so at its beginning, in order, as they stood at the beginning of the scan; {@code each} may change the
     * table.
     */
    void scan(String prefix, BiConsumer<String, V> each);
}
