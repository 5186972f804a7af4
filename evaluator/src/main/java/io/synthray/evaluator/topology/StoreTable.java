package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.study.Table;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A table in a store that it shares with others: its keys begin with its name. One store means one changelog, whose partitions
 * cost a broker more than prefixes cost anybody.
 */
final class StoreTable<V> implements Table<V> {
    private final KeyValueStore<String, byte[]> store;
    private final String prefix;
    private final Codec<V> codec;

    StoreTable(KeyValueStore<String, byte[]> store, String name, Codec<V> codec) {
        this.store = store;
        this.prefix = name + "|";
        this.codec = codec;
    }

    @Override
    public Optional<V> get(String key) {
        return Optional.ofNullable(store.get(prefix + key)).map(codec::decode);
    }

    @Override
    public void put(String key, V value) {
        store.put(prefix + key, codec.encode(value));
    }

    @Override
    public void delete(String key) {
        store.delete(prefix + key);
    }

    @Override
    public void scan(String keyPrefix, BiConsumer<String, V> each) {
        try (KeyValueIterator<String, byte[]> found =
                store.prefixScan(prefix + keyPrefix, Serdes.String().serializer())) {
            while (found.hasNext()) {
                KeyValue<String, byte[]> next = found.next();
                each.accept(next.key.substring(prefix.length()), codec.decode(next.value));
            }
        }
    }
}
