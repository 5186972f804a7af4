package io.synthray.evaluator.topology;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.StudyEvent;
import io.synthray.evaluator.reconcile.Reconciler;
import io.synthray.evaluator.study.Outbox;
import io.synthray.evaluator.study.StudyEvaluator;
import io.synthray.evaluator.study.StudyTables;
import io.synthray.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Hands a partition's studies to their evaluator: the events as they come, the clock for what waits for it. */
final class StudyProcessor extends ContextualProcessor<String, StudyEvent, String, Letter> implements Outbox {
    private final EvaluatorTopology.Settings settings;
    private final EvaluatorTopology.Surroundings surroundings;
    private StudyEvaluator evaluator;

    StudyProcessor(EvaluatorTopology.Settings settings, EvaluatorTopology.Surroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
    }

    @Override
    public void init(ProcessorContext<String, Letter> context) {
        super.init(context);
        KeyValueStore<String, byte[]> store = context.getStateStore(StudyStore.NAME);
        StudyTables tables = StudyStore.tables(store);
        evaluator = new StudyEvaluator(tables, this, settings.metricTolerance(), settings.name());
        Reconciler reconciler = new Reconciler(
                tables, evaluator, surroundings.archive(), settings.maxRounds(), settings.maxRepublished());
        context.schedule(settings.statesInterval(), PunctuationType.WALL_CLOCK_TIME, now -> evaluator.publishStates());
        context.schedule(
                settings.reconcileInterval(),
                PunctuationType.WALL_CLOCK_TIME,
                now -> reconciler.scan(surroundings.passedBy().get()));
    }

    @Override
    public void process(Record<String, StudyEvent> record) {
        long sequence = context().recordMetadata().orElseThrow().offset();
        evaluator.handle(record.value(), sequence);
    }

    @Override
    public <T extends SpecificRecord> void publish(Topic<T> topic, String key, T event) {
        OutboxLog.published(event);
        forward(key, new Letter.Event(topic, key, event));
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
