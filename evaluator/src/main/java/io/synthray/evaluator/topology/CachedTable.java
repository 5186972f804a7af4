package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.study.Table;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A table in a store that it shares with others: its keys begin with its name. One store means one changelog, whose partitions
 * cost a broker more than prefixes cost anybody. Values stay objects in memory until the stream commits, so that a count that moves
 * a thousand times between two commits is written once.
 */
final class CachedTable<K, V> implements Table<K, V> {
    /** Bytes, as stored, that are read and written before the values leave memory, where they are several times as large. */
    private static final long MOST_BYTES = 1 << 20;

    /** A place in the map; the key itself belongs to somebody else. */
    private static final int FORESEEN_BYTES = 8;

    private final KeyValueStore<String, byte[]> store;
    private final String prefix;
    private final Function<K, String> spelling;
    private final Codec<V> codec;
    private final Map<K, Optional<V>> values = new HashMap<>();
    private final Set<K> dirty = new LinkedHashSet<>();
    private long bytes;

    CachedTable(KeyValueStore<String, byte[]> store, String name, Function<K, String> spelling, Codec<V> codec) {
        this.store = store;
        this.prefix = name + "|";
        this.spelling = spelling;
        this.codec = codec;
    }

    @Override
    public Optional<V> get(K key) {
        Optional<V> known = values.get(key);
        if (known == null) {
            String spelt = prefix + spelling.apply(key);
            byte[] stored = store.get(spelt);
            known = Optional.ofNullable(stored).map(codec::decode);
            values.put(key, known);
            bytes += spelt.length() + (stored == null ? 0 : stored.length);
        }
        return known;
    }

    @Override
    public void foresee(K key) {
        if (values.putIfAbsent(key, Optional.empty()) == null) {
            bytes += FORESEEN_BYTES;
        }
    }

    @Override
    public void put(K key, V value) {
        Optional<V> known = values.get(key);
        if (known == null || known.isEmpty() || known.get() != value) {
            values.put(key, Optional.of(value));
        }
        dirty.add(key);
    }

    @Override
    public void delete(K key) {
        values.put(key, Optional.empty());
        dirty.add(key);
    }

    @Override
    public void scan(String keyPrefix, BiConsumer<String, V> each) {
        write();
        try (KeyValueIterator<String, byte[]> found =
                store.prefixScan(prefix + keyPrefix, Serdes.String().serializer())) {
            while (found.hasNext()) {
                KeyValue<String, byte[]> next = found.next();
                each.accept(next.key.substring(prefix.length()), codec.decode(next.value));
            }
        }
    }

    /** Writes what has changed into the store. */
    void write() {
        for (K key : dirty) {
            String spelt = prefix + spelling.apply(key);
            byte[] stored = values.get(key).map(codec::encode).orElse(null);
            store.put(spelt, stored);
            bytes += spelt.length() + (stored == null ? 0 : stored.length);
        }
        dirty.clear();
        if (bytes > MOST_BYTES) {
            values.clear();
            bytes = 0;
        }
    }
}
