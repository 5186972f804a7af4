package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.AvroCodec;
import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.codec.EventsCodec;
import io.synthray.evaluator.codec.JsonCodec;
import io.synthray.evaluator.study.ImageSetTally;
import io.synthray.evaluator.study.IndexRange;
import io.synthray.evaluator.study.Pending;
import io.synthray.evaluator.study.Quarantine;
import io.synthray.evaluator.study.StoppedArm;
import io.synthray.evaluator.study.StudyProgress;
import io.synthray.evaluator.study.StudyTables;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.TrialId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueStore;

/** The tables of a store. */
final class StoredTables {
    private final KeyValueStore<String, byte[]> store;
    private final List<CachedTable<?, ?>> all = new ArrayList<>();
    private final StudyTables tables;

    StoredTables(KeyValueStore<String, byte[]> store) {
        this.store = store;
        this.tables = new StudyTables(
                table("plan", AvroCodec.STUDY),
                table("progress", new JsonCodec<>(StudyProgress.class)),
                table("waiting", new EventsCodec()),
                table("image-set", ImageSetId::key, new JsonCodec<>(ImageSetTally.class)),
                table("image-chunk", IndexRange::key, new ImageChunkCodec()),
                table("image-page", IndexRange::key, new ImagePageCodec()),
                table("trial", TrialId::key, new TrialStateCodec()),
                table("case-answers", new CaseAnswersCodec()),
                table("case-roster", new CaseRosterCodec()),
                table("statistics", AvroCodec.STATISTICS),
                table("subgroups", AvroCodec.SUBGROUPS),
                table("stop", new JsonCodec<>(StoppedArm.class)),
                table("quarantine", new JsonCodec<>(Quarantine.class)),
                table("open-trial", TrialId::key, new JsonCodec<>(Pending.class)),
                table("reference", AvroCodec.REFERENCE),
                table("fidelity", new FidelityHeadCodec()),
                table("products", new LongsCodec()),
                table("sample", new SampleCodec()));
    }

    StudyTables tables() {
        return tables;
    }

    /** Writes what has changed into the store. */
    void write() {
        all.forEach(CachedTable::write);
    }

    private <V> CachedTable<String, V> table(String name, Codec<V> codec) {
        return table(name, Function.identity(), codec);
    }

    private <K, V> CachedTable<K, V> table(String name, Function<K, String> spelling, Codec<V> codec) {
        CachedTable<K, V> table = new CachedTable<>(store, name, spelling, codec);
        all.add(table);
        return table;
    }
}
