package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.AvroCodec;
import io.synthray.evaluator.codec.JsonCodec;
import io.synthray.evaluator.event.StudyEvent;
import io.synthray.evaluator.study.Fate;
import io.synthray.evaluator.study.ImageSetTally;
import io.synthray.evaluator.study.Pending;
import io.synthray.evaluator.study.StudyProgress;
import io.synthray.evaluator.study.StudyTables;
import io.synthray.evaluator.study.TrialState;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The one store that holds all tables. */
final class StudyStore {
    static final String NAME = "studies";

    private StudyStore() {}

    static StoreBuilder<KeyValueStore<String, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    static StudyTables tables(KeyValueStore<String, byte[]> store) {
        return new StudyTables(
                new StoreTable<>(store, "plan", AvroCodec.STUDY),
                new StoreTable<>(store, "progress", new JsonCodec<>(StudyProgress.class)),
                new StoreTable<>(store, "waiting", new JsonCodec<>(StudyEvent.class)),
                new StoreTable<>(store, "image-set", new JsonCodec<>(ImageSetTally.class)),
                new StoreTable<>(store, "fate", new JsonCodec<>(Fate.class)),
                new StoreTable<>(store, "trial", new JsonCodec<>(TrialState.class)),
                new StoreTable<>(store, "statistics", AvroCodec.STATISTICS),
                new StoreTable<>(store, "open-request", new JsonCodec<>(Pending.class)),
                new StoreTable<>(store, "open-trial", new JsonCodec<>(Pending.class)));
    }
}
