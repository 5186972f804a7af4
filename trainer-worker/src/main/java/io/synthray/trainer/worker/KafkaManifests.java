package io.synthray.trainer.worker;

import io.synthray.event.ManifestChunk;
import io.synthray.event.ManifestEntry;
import io.synthray.event.ManifestRef;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.RegistryException;
import io.synthray.schemas.serde.UndecodableEventException;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import io.synthray.trainer.data.ManifestAssembly;
import io.synthray.trainer.data.Manifests;
import io.synthray.trainer.data.UnavailableDataException;
import io.synthray.trainer.data.UnusableDataException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads manifests from their topic, from its beginning, until every chunk of the wanted one has come. */
final class KafkaManifests implements Manifests {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final EventDecoder<ManifestChunk> decoder;
    private final String topic;
    private final Duration wait;

    /**
     * @param consumers makes consumers without a group that read committed records
     * @param decoder reads values
     * @param names names at the broker
     * @param wait how long missing chunks are waited for
     */
    KafkaManifests(
            Supplier<Consumer<byte[], byte[]>> consumers,
            EventDecoder<ManifestChunk> decoder,
            TopicNames names,
            Duration wait) {
        this.consumers = consumers;
        this.decoder = decoder;
        this.topic = names.of(TopicCatalogue.MANIFESTS);
        this.wait = wait;
    }

    @Override
    public List<ManifestEntry> read(ImageSetId imageSet, ManifestRef manifest) {
        ManifestAssembly assembly = new ManifestAssembly(manifest);
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + wait.toNanos();
            while (!assembly.complete() && System.nanoTime() < deadline) {
                consumer.poll(POLL).forEach(record -> take(record, imageSet, assembly));
            }
        } catch (KafkaException | RegistryException e) {
            throw new UnavailableDataException("manifest of %s: %s".formatted(imageSet, e.getMessage()), e);
        }
        if (!assembly.complete()) {
            throw new UnavailableDataException("manifest of %s: chunks %s with digest %s did not come within %d s"
                    .formatted(imageSet, assembly.missing(), manifest.getDigest(), wait.toSeconds()));
        }
        return assembly.entries();
    }

    private void take(ConsumerRecord<byte[], byte[]> chunk, ImageSetId imageSet, ManifestAssembly assembly) {
        if (chunk.key() == null
                || chunk.value() == null
                || !new String(chunk.key(), StandardCharsets.UTF_8).startsWith(imageSet.key() + "/")) {
            return;
        }
        try {
            assembly.add(decoder.decode(chunk.value()));
        } catch (UndecodableEventException e) {
            throw new UnusableDataException("manifest of %s: %s".formatted(imageSet, e.getMessage()), e);
        }
    }
}
