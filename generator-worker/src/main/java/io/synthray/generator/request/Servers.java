package io.synthray.generator.request;

import io.synthray.event.GenerationRequest;
import io.synthray.imaging.store.ImageStore;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.ModelRef;
import io.synthray.schemas.serde.EventDecoder;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/**
 * Connections that an image's way leads over; all remain the caller's to close.
 *
 * @param decoder of the request topic, asks the registry
 * @param inference samples
 * @param embedder model at the same server that makes features of every image, if any
 * @param store keeps image and mask files
 * @param producer idempotent, waiting for all replicas
 */
public record Servers(
        EventDecoder<GenerationRequest> decoder,
        InferenceClient inference,
        Optional<ModelRef> embedder,
        ImageStore store,
        Producer<String, SpecificRecord> producer) {}
