package io.synthray.evaluator.study;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Values by key, in the order of the keys' characters.
 *
 * @param <V> class of the values
 */
public interface Table<V> {
    /** The value of the key. */
    Optional<V> get(String key);

    /** Sets the value of the key. */
    void put(String key, V value);

    /** Forgets the key, if it is there. */
    void delete(String key);

    /** Shows every key that begins so, in order, as they stood at the beginning of the scan; {@code each} may change the table. */
    void scan(String prefix, BiConsumer<String, V> each);
}
