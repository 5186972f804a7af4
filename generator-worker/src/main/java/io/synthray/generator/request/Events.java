package io.synthray.generator.request;

import io.synthray.event.GenerationOutcome;
import io.synthray.event.GenerationRequest;
import io.synthray.event.ImageMade;
import io.synthray.event.ImageProvenance;
import io.synthray.event.OutcomeStatus;
import io.synthray.generator.lease.Delivery;
import io.synthray.imaging.store.StoredObject;
import io.synthray.inference.sampler.SampledImage;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.serde.DeadLetters;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What the worker tells the others. */
public final class Events {
    private static final String SERVICE = "generator-worker";
    /** A dead letter carries the record whole while that fits into a message with its cause. */
    private static final int LARGEST_VALUE = 1_000_000;

    private final TopicNames names;
    private final String worker;
    private final DeadLetters deadLetters;

    /** @param worker name of this worker */
    public Events(TopicNames names, String worker) {
        this.names = names;
        this.worker = worker;
        this.deadLetters = new DeadLetters(names, SERVICE);
    }

    ProducerRecord<String, SpecificRecord> imageMade(
            Delivery delivery,
            GenerationRequest request,
            SampledImage sample,
            String server,
            Optional<Features> features,
            StoredObject image,
            Optional<StoredObject> mask) {
        ImageMade event = ImageMade.newBuilder()
                .setRequest(request.getRequest())
                .setStudy(request.getStudy())
                .setArm(request.getArm())
                .setImageSet(request.getImageSet())
                .setIndex(request.getIndex())
                .setUri(image.uri().toString())
                .setSha256(image.sha256())
                .setWidth(sample.side())
                .setHeight(sample.side())
                .setMaskUri(mask.map(file -> file.uri().toString()).orElse(null))
                .setMaskSha256(mask.map(StoredObject::sha256).orElse(null))
                .setLabels(request.getLabels())
                .setProvenance(ImageProvenance.newBuilder()
                        .setModel(sample.model().name())
                        .setModelVersion(sample.model().version())
                        .setWeightsSha256(sample.weightsSha256())
                        .setServer(server)
                        .setSeed(request.getSeed())
                        .setPrompt(request.getPrompt())
                        .setNegativePrompt(request.getNegativePrompt())
                        .setTextGuidance(request.getTextGuidance())
                        .setMaskGuidance(request.getMaskGuidance())
                        .build())
                .setScores(Map.of())
                .setEmbedding(features.map(Features::bytes).orElse(null))
                .setEmbedder(features.map(Features::embedder).orElse(null))
                .setWorker(worker)
                .setAttempt(delivery.attempt())
                .setLatencyMillis((System.nanoTime() - delivery.takenNanos()) / 1_000_000)
                .build();
        String key = new ImageSetId(request.getStudy(), request.getArm(), request.getImageSet()).key();
        return new ProducerRecord<>(names.of(TopicCatalogue.IMAGES), key, event);
    }

    ProducerRecord<String, SpecificRecord> outcome(
            Delivery delivery, RequestId request, OutcomeStatus status, String error) {
        GenerationOutcome event = GenerationOutcome.newBuilder()
                .setRequest(request.key())
                .setStudy(request.imageSet().study())
                .setArm(request.imageSet().arm())
                .setImageSet(request.imageSet().imageSet())
                .setIndex(request.index())
                .setStatus(status)
                .setError(error)
                .setAttempts(delivery.attempt())
                .setIssuer(worker)
                .build();
        return new ProducerRecord<>(names.of(TopicCatalogue.GENERATION_OUTCOMES), request.key(), event);
    }

    /** A dead letter, and a FAILED outcome where the key tells which request it was, so that its image set can be judged. */
    List<ProducerRecord<String, SpecificRecord>> unreadable(Delivery delivery, String cause) {
        ConsumerRecord<byte[], byte[]> record = delivery.record();
        int length = record.value() == null ? 0 : record.value().length;
        ProducerRecord<String, SpecificRecord> letter = length <= LARGEST_VALUE
                ? deadLetters.of(record, cause)
                : deadLetters.of(
                        new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), record.key(), null),
                        cause + " (its value of " + length + " bytes is left out)");
        return RequestReader.id(record)
                .map(id -> List.of(letter, outcome(delivery, id, OutcomeStatus.FAILED, "unreadable request: " + cause)))
                .orElse(List.of(letter));
    }
}
