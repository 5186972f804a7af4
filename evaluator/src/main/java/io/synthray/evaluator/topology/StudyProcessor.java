package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.EventsCodec;
import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.reconcile.Reconciler;
import io.synthray.evaluator.study.Outbox;
import io.synthray.evaluator.study.StudyEvaluator;
import io.synthray.event.DeadLetter;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands a partition's studies to their evaluator: the events as they come, the clock for what waits for it. */
final class StudyProcessor extends ContextualProcessor<String, byte[], String, Letter> implements Outbox {
    private final TopicNames names;
    private final EvaluatorTopology.Settings settings;
    private final EvaluatorTopology.Surroundings surroundings;
    private final EventsCodec codec = new EventsCodec();
    private StudyEvaluator evaluator;

    StudyProcessor(TopicNames names, EvaluatorTopology.Settings settings, EvaluatorTopology.Surroundings surroundings) {
        this.names = names;
        this.settings = settings;
        this.surroundings = surroundings;
    }

    @Override
    public void init(ProcessorContext<String, Letter> context) {
        super.init(context);
        StudyStore store = context.getStateStore(StudyStore.NAME);
        StoredTables stored = new StoredTables(store.contents());
        evaluator = new StudyEvaluator(stored.tables(), this, settings.metricTolerance(), settings.name());
        store.beforeCommit(() -> {
            evaluator.save();
            stored.write();
        });
        Reconciler reconciler =
                new Reconciler(evaluator, surroundings.archive(), settings.maxRounds(), settings.maxRepublished());
        context.schedule(settings.statesInterval(), PunctuationType.WALL_CLOCK_TIME, now -> evaluator.publishChanged());
        context.schedule(
                settings.reconcileInterval(),
                PunctuationType.WALL_CLOCK_TIME,
                now -> reconciler.scan(surroundings.passedBy().get()));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        long sequence = context().recordMetadata().orElseThrow().offset();
        evaluator.handle(codec.decode(record.value()), sequence);
        evaluator.settle();
    }

    @Override
    public <T extends SpecificRecord> void publish(Topic<T> topic, String key, T event) {
        OutboxLog.published(event);
        forward(key, new Letter.Event(topic, key, event));
    }

    @Override
    public void quarantine(Topic<?> topic, Position at, String cause) {
        String name = names.of(topic);
        DeadLetter letter = DeadLetter.newBuilder()
                .setTopic(name)
                .setPartition(at.partition())
                .setOffset(at.offset())
                .setCause(cause)
                .setService("evaluator")
                .build();
        publish(TopicCatalogue.DEAD_LETTERS, name + "/" + at.partition() + "/" + at.offset(), letter);
    }

    @Override
    public void republish(Topic<?> topic, Position from, byte[] key, byte[] value) {
        OutboxLog.republished(topic, from, key);
        forward(null, new Letter.Copy(topic, from, key, value));
    }

    private void forward(String key, Letter letter) {
        context().forward(new Record<>(key, letter, context().currentSystemTimeMs()));
    }
}
