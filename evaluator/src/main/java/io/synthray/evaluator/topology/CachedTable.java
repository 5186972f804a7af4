package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.study.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
 * cost a broker more than prefixes cost anybody. Values stay objects in memory until the stream commits or they are settled, so that a count that moves
 * a thousand times between two commits is written once.
 */
final class CachedTable<K, V> implements Table<K, V> {
    /** Bytes, as stored, after which a generation ends with the next commit. In memory they are several times as large. */
    private static final long MOST_BYTES = 1 << 19;

    private final KeyValueStore<String, byte[]> store;
    private final String prefix;
    private final Function<K, String> spelling;
    private final Codec<V> codec;
    /** What was asked for or changed in this generation. */
    private Map<K, Held<K, V>> values = new HashMap<>();

    /** What was last asked for in the generation before, and leaves memory with the end of this one. */
    private Map<K, Held<K, V>> former = new HashMap<>();

    /** What was asked for or changed last, and is likely to be next; null before anything was. */
    private Held<K, V> last;

    private final List<Held<K, V>> dirty = new ArrayList<>();

    /** Keys that are known to have no value, until they get one. They outlive generations: whoever foresees them holds them anyway. */
    private final Set<K> foreseen = new HashSet<>();

    private long bytes;

    CachedTable(KeyValueStore<String, byte[]> store, String name, Function<K, String> spelling, Codec<V> codec) {
        this.store = store;
        this.prefix = name + "|";
        this.spelling = spelling;
        this.codec = codec;
    }

    /** A value in memory. It knows whether it has changed, so that an event costs one look into the map, not three. */
    private static final class Held<K, V> {
        private final K key;
        private Optional<V> value;
        /** Bytes of key and value as stored; 0 before they are. */
        private int bytes;

        private boolean dirty;

        Held(K key, Optional<V> value, int bytes) {
            this.key = key;
            this.value = value;
            this.bytes = bytes;
        }
    }

    @Override
    public Optional<V> get(K key) {
        Held<K, V> held = held(key);
        if (held == null) {
            if (foreseen.contains(key)) {
                return Optional.empty();
            }
            held = read(key);
            keep(held);
        }
        return held.value;
    }

    /** What is in memory, as of this generation; null without. */
    private Held<K, V> held(K key) {
        if (last != null && last.key.equals(key)) {
            return last;
        }
        Held<K, V> held = values.get(key);
        if (held != null) {
            last = held;
            return held;
        }
        held = former.remove(key);
        if (held != null) {
            keep(held);
        }
        return held;
    }

    private void keep(Held<K, V> held) {
        values.put(held.key, held);
        bytes += held.bytes;
        last = held;
    }

    private Held<K, V> read(K key) {
        String spelt = prefix + spelling.apply(key);
        byte[] stored = store.get(spelt);
        return new Held<>(key, Optional.ofNullable(stored).map(codec::decode), size(spelt, stored));
    }

    private static int size(String spelt, byte[] stored) {
        return spelt.length() + (stored == null ? 0 : stored.length);
    }

    @Override
    public void foresee(K key) {
        foreseen.add(key);
    }

    @Override
    public void put(K key, V value) {
        change(key, Optional.of(value));
    }

    @Override
    public void settle(K key) {
        Held<K, V> held = held(key);
        if (held != null && held.dirty) {
            store(held);
        }
    }

    @Override
    public void delete(K key) {
        change(key, Optional.empty());
    }

    private void change(K key, Optional<V> value) {
        Held<K, V> held = held(key);
        if (held == null) {
            held = new Held<>(key, Optional.empty(), 0);
            keep(held);
        }
        if (held.value.isEmpty()) {
            // Also where it is in memory as missing: it may have been foreseen after it was asked for.
            foreseen.remove(key);
        }
        held.value = value;
        if (!held.dirty) {
            held.dirty = true;
            dirty.add(held);
        }
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

    private void store(Held<K, V> held) {
        String spelt = prefix + spelling.apply(held.key);
        byte[] stored = held.value.map(codec::encode).orElse(null);
        store.put(spelt, stored);
        held.bytes = size(spelt, stored);
        held.dirty = false;
        bytes += held.bytes;
    }

    /** Writes what has changed into the store. */
    void write() {
        for (Held<K, V> held : dirty) {
            // One that was settled has been written.
            if (held.dirty) {
                store(held);
            }
        }
        dirty.clear();
        if (bytes > MOST_BYTES) {
            former = values;
            values = new HashMap<>();
            last = null;
            bytes = 0;
        }
    }
}
