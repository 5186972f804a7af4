package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.AvroCodec;
import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.codec.EventsCodec;
import io.synthray.evaluator.codec.JsonCodec;
import io.synthray.evaluator.study.ImageSetTally;
import io.synthray.evaluator.study.Pending;
import io.synthray.evaluator.study.Quarantine;
import io.synthray.evaluator.study.StoppedArm;
import io.synthray.evaluator.study.StudyProgress;
import io.synthray.evaluator.study.StudyTables;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/** The tables of a store. */
final class StoredTables {
    private final KeyValueStore<String, byte[]> store;
    private final List<CachedTable<?>> all = new ArrayList<>();
    private final StudyTables tables;

    StoredTables(KeyValueStore<String, byte[]> store) {
        this.store = store;
        this.tables = new StudyTables(
                table("plan", AvroCodec.STUDY),
                table("progress", new JsonCodec<>(StudyProgress.class)),
                table("waiting", new EventsCodec()),
                table("image-set", new JsonCodec<>(ImageSetTally.class)),
                table("image-chunk", new ImageChunkCodec()),
                table("image-page", new ImagePageCodec()),
                table("trial", new TrialStateCodec()),
                table("case-answers", new CaseAnswersCodec()),
                table("case-roster", new CaseRosterCodec()),
                table("statistics", AvroCodec.STATISTICS),
                table("subgroups", AvroCodec.SUBGROUPS),
                table("stop", new JsonCodec<>(StoppedArm.class)),
                table("quarantine", new JsonCodec<>(Quarantine.class)),
                table("open-trial", new JsonCodec<>(Pending.class)),
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

    private <V> CachedTable<V> table(String name, Codec<V> codec) {
        CachedTable<V> table = new CachedTable<>(store, name, codec);
        all.add(table);
        return table;
    }
}
