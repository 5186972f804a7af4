package io.synthray.producer.submit;

import io.synthray.event.GenerationRequest;
import io.synthray.event.ReferenceChunk;
import io.synthray.event.Study;
import io.synthray.event.StudySeal;
import io.synthray.producer.broker.CommittedRecords;
import io.synthray.producer.broker.Platform;
import io.synthray.producer.broker.PlatformUnavailableException;
import io.synthray.producer.plan.PlannedImageSet;
import io.synthray.producer.plan.PlannedStudy;
import io.synthray.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes a study: the plan OPEN, its requests in transactions, the plan SEALED.
 *
 * <p>The transactional id is the study's, so that of two submits the later one fences the earlier, and its start ends whatever
 * transaction the earlier one left open. Only then does it look at what is published, and publishes the rest: however often
 * and wherever submit is killed, each request is there once in the end.
 */
public final class Submitter {
    /** An open transaction holds back every reader of its partitions, so that none is larger. */
    static final int TRANSACTION = 5_000;

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

    /** Making requests with large masks takes time, and a transaction must not run into its time-out. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(5);

    private final Platform platform;

    private final References references;

    /** @param platform where studies that do not ask for fidelity are published */
    public Submitter(Platform platform) {
        this(platform, References.NONE);
    }

    /**
     * @param platform where studies are published
     * @param references features of the real images of studies that ask for fidelity
     */
    public Submitter(Platform platform, References references) {
        this.platform = platform;
        this.references = references;
    }

    /**
     * Publishes what is missing of the study.
     *
     * @throws NoReferencesException when the study asks for fidelity and its real images cannot be embedded; nothing is published
     * @throws PlanChangedException when a study of this id has another plan; nothing is published
     * @throws SubmitSupersededException when a later submit of the study has taken over
     * @throws UnreadableStudyException when the broker holds something else under the study's id
     * @throws PlatformUnavailableException when the broker stops answering; submitting again goes on where it stopped
     * @throws io.synthray.schemas.topic.BrokerUnavailableException when the broker does not answer
     * @throws io.synthray.schemas.topic.TopicSettingsException when the topics are not set up
     * @throws io.synthray.schemas.serde.RegistryException when the registry does not answer
     */
    public SubmitOutcome submit(PlannedStudy study, SubmitListener listener) {
        platform.check();
        try (KafkaProducer<String, SpecificRecord> producer =
                producer(study.plan().getStudy())) {
            try {
                producer.initTransactions();
                return publish(producer, study, listener);
            } catch (KafkaException e) {
                throw explain(study.plan().getStudy(), e);
            }
        }
    }

    private SubmitOutcome publish(
            KafkaProducer<String, SpecificRecord> producer, PlannedStudy study, SubmitListener listener) {
        String id = study.plan().getStudy();
        Optional<SubmittedStudies.Submitted> before = new SubmittedStudies(platform).submitted(id);
        if (before.isPresent() && !before.get().study().getPlanHash().equals(study.hash())) {
            throw new PlanChangedException(
                    id, PlanDifference.between(before.get().study().getPlan(), study.plan()));
        }
        if (before.isPresent() && before.get().study().getSeal() == StudySeal.SEALED) {
            return new SubmitOutcome.AlreadySubmitted(study.hash());
        }
        List<ReferenceChunk> features = study.plan().getFidelity() == null ? List.of() : references.of(study);
        List<Integer> partitions;
        PublishedRequests there;
        if (before.isPresent()) {
            partitions = before.get().study().getPartitions();
            there = PublishedRequests.find(
                    platform, id, partitions, before.get().openedAt());
        } else {
            partitions = open(producer, study);
            there = PublishedRequests.none();
        }
        publishReferences(producer, features);
        Batches batches = new Batches(producer, study, listener);
        publishMissing(batches, study, partitions, there);
        seal(producer, study, partitions);
        return new SubmitOutcome.Submitted(study.hash(), batches.published, batches.found, partitions);
    }

    private List<Integer> open(KafkaProducer<String, SpecificRecord> producer, PlannedStudy study) {
        if (study.requests().count() == 0) {
            write(producer, record(study, StudySeal.OPEN, List.of()));
            return List.of();
        }
        List<Integer> partitions = new RequestPartitions(platform)
                .chosenFor(study.plan().getStudy(), study.requests().count());
        Map<Integer, Long> ends = new HashMap<>();
        new CommittedRecords(platform)
                .ends(partitions.stream()
                        .map(number -> RequestPartitions.partition(platform, number))
                        .toList())
                .forEach((partition, end) -> ends.put(partition.partition(), end));
        ProducerRecord<String, SpecificRecord> opened = record(study, StudySeal.OPEN, partitions);
        OpeningOffsets.write(opened.headers(), ends);
        write(producer, opened);
        return partitions;
    }

    /** All in one transaction: a later submit writes the same again under the same keys. */
    private void publishReferences(KafkaProducer<String, SpecificRecord> producer, List<ReferenceChunk> chunks) {
        if (chunks.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        for (ReferenceChunk chunk : chunks) {
            String key = "%s/%s/%d".formatted(chunk.getStudy(), chunk.getSide(), chunk.getChunk());
            var unused = producer.send(new ProducerRecord<>(platform.name(TopicCatalogue.REFERENCES), key, chunk));
        }
        producer.commitTransaction();
    }

    private void publishMissing(
            Batches batches, PlannedStudy study, List<Integer> partitions, PublishedRequests there) {
        for (PlannedImageSet set : study.requests().imageSets()) {
            for (int index = 0; index < set.synthetic().getImages(); index++) {
                if (there.contains(set.id().key(), index)) {
                    batches.found++;
                } else {
                    GenerationRequest request = study.requests().request(set, index);
                    int partition = partitions.get(index % partitions.size());
                    batches.add(new ProducerRecord<>(
                            platform.name(TopicCatalogue.GENERATION_REQUESTS),
                            partition,
                            request.getRequest(),
                            request));
                }
            }
        }
        batches.finish();
    }

    private void seal(KafkaProducer<String, SpecificRecord> producer, PlannedStudy study, List<Integer> partitions) {
        write(producer, record(study, StudySeal.SEALED, partitions));
    }

    private static void write(
            KafkaProducer<String, SpecificRecord> producer, ProducerRecord<String, SpecificRecord> record) {
        producer.beginTransaction();
        var unused = producer.send(record); // the commit fails when a send has failed
        producer.commitTransaction();
    }

    private ProducerRecord<String, SpecificRecord> record(
            PlannedStudy study, StudySeal seal, List<Integer> partitions) {
        Study event = Study.newBuilder()
                .setStudy(study.plan().getStudy())
                .setSeal(seal)
                .setPlanHash(study.hash())
                .setRequests(study.requests().count())
                .setPartitions(partitions)
                .setPlan(study.plan())
                .build();
        return new ProducerRecord<>(platform.name(TopicCatalogue.STUDIES), event.getStudy(), event);
    }

    private KafkaProducer<String, SpecificRecord> producer(String study) {
        return new KafkaProducer<>(
                platform.kafka()
                        .client(Map.of(
                                "transactional.id",
                                platform.names().prefix() + "submit-" + study,
                                "transaction.timeout.ms",
                                (int) TRANSACTION_TIMEOUT.toMillis(),
                                "max.block.ms",
                                "20000",
                                "request.timeout.ms",
                                "10000",
                                "delivery.timeout.ms",
                                "25000",
                                "linger.ms",
                                "20",
                                "compression.type",
                                "lz4")),
                new StringSerializer(),
                platform.serdes().serializer());
    }

    private RuntimeException explain(String study, KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return new SubmitSupersededException(study, failure);
            }
        }
        return new PlatformUnavailableException(
                "the broker at %s did not take the study's records: %s; submit again to go on where this stopped"
                        .formatted(platform.kafka().bootstrapServers(), failure.getMessage()),
                failure);
    }

    /** Requests on their way, a transaction at a time. */
    private static final class Batches {
        private final KafkaProducer<String, SpecificRecord> producer;
        private final long planned;
        private final SubmitListener listener;
        private int open;
        private long begun;
        private long published;
        private long found;

        Batches(KafkaProducer<String, SpecificRecord> producer, PlannedStudy study, SubmitListener listener) {
            this.producer = producer;
            this.planned = study.requests().count();
            this.listener = listener;
        }

        void add(ProducerRecord<String, SpecificRecord> request) {
            if (open == 0) {
                producer.beginTransaction();
                begun = System.nanoTime();
            }
            var unused = producer.send(request); // the commit fails when a send has failed
            open++;
            if (open == TRANSACTION || System.nanoTime() - begun > LONGEST_TRANSACTION.toNanos()) {
                finish();
            }
        }

        void finish() {
            if (open > 0) {
                producer.commitTransaction();
                published += open;
                open = 0;
                listener.published(published + found, planned);
            }
        }
    }
}
