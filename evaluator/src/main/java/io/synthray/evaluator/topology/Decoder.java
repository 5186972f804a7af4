package io.synthray.evaluator.topology;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.StudyEvent;
import io.synthray.schemas.serde.DeadLetters;
import io.synthray.schemas.serde.UndecodableEventException;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.jboss.logging.Logger;

/**
 * Bytes of a topic in, its events by study out, those between two commits together: what travels by study is a tenth as many records
 * as were read. What cannot be read goes on as a dead letter. A registry that does not answer stops the record here, so that it is
 * taken again.
 */
final class Decoder<T extends SpecificRecord> extends ContextualProcessor<byte[], byte[], String, Decoded> {
    static final String HOOK = "read";

    private static final Logger LOG = Logger.getLogger(Decoder.class);
    /** Events that are held back at most. */
    private static final int MOST = 500;

    private final Topic<T> topic;
    private final BiFunction<T, Position, StudyEvent> reading;
    private final Decoding decoding;
    private final DeadLetters deadLetters;
    private final Batch batch = new Batch();
    private ProcessorNode<?, ?, ?, ?> node;

    Decoder(Topic<T> topic, BiFunction<T, Position, StudyEvent> reading, Decoding decoding, DeadLetters deadLetters) {
        this.topic = topic;
        this.reading = reading;
        this.decoding = decoding;
        this.deadLetters = deadLetters;
    }

    @Override
    public void init(ProcessorContext<String, Decoded> context) {
        super.init(context);
        node = internals().currentNode();
        CommitHook hook = context.getStateStore(HOOK);
        hook.beforeCommit(this::sendBeforeCommit);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context().recordMetadata().orElseThrow();
        try {
            T value = decoding.decode(topic, record.value());
            batch.add(reading.apply(value, new Position(at.partition(), at.offset())));
        } catch (UndecodableEventException | IllegalArgumentException e) {
            LOG.warnf("%s/%d/%d goes to the dead letters: %s", at.topic(), at.partition(), at.offset(), e.getMessage());
            var letter = deadLetters.of(
                    new ConsumerRecord<>(at.topic(), at.partition(), at.offset(), record.key(), record.value()),
                    e.getMessage());
            context()
                    .forward(record.withKey(letter.key())
                            .withValue(new Decoded.Unreadable(
                                    new Letter.Event(TopicCatalogue.DEAD_LETTERS, letter.key(), letter.value()))));
        }
        if (batch.size() >= MOST) {
            batch.drain(this::send);
        }
    }

    private void send(String study, byte[] events) {
        context()
                .forward(new Record<>(
                        study, new Decoded.Readable(events), context().currentSystemTimeMs()));
    }

    /** Kafka Streams forwards from the node that is at work, and none is when a task commits. */
    private void sendBeforeCommit() {
        if (batch.size() == 0) {
            return;
        }
        ProcessorNode<?, ?, ?, ?> atWork = internals().currentNode();
        internals().setCurrentNode(node);
        try {
            batch.drain(this::send);
        } finally {
            internals().setCurrentNode(atWork);
        }
    }

    private InternalProcessorContext<String, Decoded> internals() {
        return (InternalProcessorContext<String, Decoded>) context();
    }
}
