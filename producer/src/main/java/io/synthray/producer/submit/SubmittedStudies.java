package io.synthray.producer.submit;

import io.synthray.event.Study;
import io.synthray.producer.broker.CommittedRecords;
import io.synthray.producer.broker.Platform;
import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.UndecodableEventException;
import io.synthray.schemas.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The studies that have been submitted, whole or in part. */
public final class SubmittedStudies {
    /**
     * A study as its topic holds it.
     *
     * @param study plan and seal
     * @param openedAt where the partitions of requests ended when it was opened, as far as known
     */
    record Submitted(Study study, Map<Integer, Long> openedAt) {}

    private final Platform platform;

    /** @param platform whose broker is asked */
    public SubmittedStudies(Platform platform) {
        this.platform = platform;
    }

    /**
     * The study of this id, if it has been opened.
     *
     * @throws UnreadableStudyException when its record is no study
     */
    public Optional<Study> find(String study) {
        return submitted(study).map(Submitted::study);
    }

    /**
     * The study of this id.
     *
     * @throws UnknownStudyException when it has never been submitted
     * @throws UnreadableStudyException when its record is no study
     */
    public Study get(String study) {
        Set<String> others = new TreeSet<>();
        AtomicReference<ConsumerRecord<byte[], byte[]>> last = new AtomicReference<>();
        new CommittedRecords(platform).readAll(TopicCatalogue.STUDIES, record -> {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            if (key.equals(study)) {
                last.set(record);
            } else {
                others.add(key);
            }
        });
        if (last.get() == null || last.get().value() == null) {
            throw new UnknownStudyException(study, others);
        }
        return decode(last.get());
    }

    Optional<Submitted> submitted(String study) {
        AtomicReference<ConsumerRecord<byte[], byte[]>> last = new AtomicReference<>();
        byte[] key = study.getBytes(StandardCharsets.UTF_8);
        new CommittedRecords(platform).readAll(TopicCatalogue.STUDIES, record -> {
            if (java.util.Arrays.equals(key, record.key())) {
                last.set(record);
            }
        });
        return Optional.ofNullable(last.get())
                .filter(record -> record.value() != null)
                .map(record -> new Submitted(decode(record), OpeningOffsets.read(record.headers())));
    }

    private Study decode(ConsumerRecord<byte[], byte[]> record) {
        try (EventDecoder<Study> decoder = platform.serdes().decoder(TopicCatalogue.STUDIES, platform.names())) {
            return decoder.decode(record.value());
        } catch (UndecodableEventException e) {
            throw new UnreadableStudyException(
                    "topic %s, partition %d, offset %d: %s"
                            .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
                    e);
        }
    }
}
