package io.synthray.evaluator.topology;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/** The one store that holds all tables. It has its user write what is in memory before its task commits. */
final class StudyStore extends WrappedStateStore<KeyValueStore<String, byte[]>, String, byte[]> {
    static final String NAME = "studies";

    private static final Runnable NOTHING = () -> {};

    private Runnable beforeCommit = NOTHING;

    private StudyStore(KeyValueStore<String, byte[]> store) {
        super(store);
    }

    static StoreBuilder<StudyStore> builder() {
        return new Builder(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                        .withLoggingEnabled(Map.of())
                        .withCachingDisabled());
    }

    KeyValueStore<String, byte[]> contents() {
        return wrapped();
    }

    void beforeCommit(Runnable write) {
        beforeCommit = write;
    }

    @Override
    public void flushCache() {
        beforeCommit.run();
        super.flushCache();
    }

    /** The task changes its kind: what its processor has in memory is no longer true. */
    @Override
    public void clearCache() {
        beforeCommit = NOTHING;
        super.clearCache();
    }

    private record Builder(StoreBuilder<KeyValueStore<String, byte[]>> inner) implements StoreBuilder<StudyStore> {
        @Override
        public StudyStore build() {
            return new StudyStore(inner.build());
        }

        @Override
        public StoreBuilder<StudyStore> withCachingEnabled() {
            throw new UnsupportedOperationException("the tables are a cache themselves");
        }

        @Override
        public StoreBuilder<StudyStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<StudyStore> withLoggingEnabled(Map<String, String> config) {
            return new Builder(inner.withLoggingEnabled(config));
        }

        @Override
        public StoreBuilder<StudyStore> withLoggingDisabled() {
            return new Builder(inner.withLoggingDisabled());
        }

        @Override
        public Map<String, String> logConfig() {
            return inner.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return inner.loggingEnabled();
        }

        @Override
        public String name() {
            return inner.name();
        }
    }
}
