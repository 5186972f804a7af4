package io.synthray.producer.submit;

import io.synthray.event.Control;
import io.synthray.event.ControlWord;
import io.synthray.producer.broker.Platform;
import io.synthray.producer.broker.PlatformUnavailableException;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes words that stop, pause or resume arms. */
public final class ControlWriter {
    private final Platform platform;

    /** @param platform where words are published */
    public ControlWriter(Platform platform) {
        this.platform = platform;
    }

    /**
     * Publishes a word; it takes the place of the same issuer's last one on the same arm.
     *
     * @param arm name of an arm, or {@code *} for all
     * @param issuer who says so
     * @param reason why, for the report
     * @throws PlatformUnavailableException when the broker does not take it
     */
    public void write(String study, String arm, String issuer, ControlWord word, String reason) {
        Control event = Control.newBuilder()
                .setStudy(study)
                .setArm(arm)
                .setIssuer(issuer)
                .setWord(word)
                .setReason(reason)
                .build();
        String key = study + "/" + arm + "/" + issuer;
        try (KafkaProducer<String, Control> producer = new KafkaProducer<>(
                platform.kafka().client(Map.of("max.block.ms", "10000", "delivery.timeout.ms", "35000")),
                new StringSerializer(),
                platform.serdes().serializer(TopicCatalogue.CONTROL))) {
            producer.send(new ProducerRecord<>(platform.name(TopicCatalogue.CONTROL), key, event))
                    .get();
        } catch (ExecutionException e) {
            throw new PlatformUnavailableException(
                    "the broker at %s did not take the word: %s"
                            .formatted(
                                    platform.kafka().bootstrapServers(),
                                    e.getCause().getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnavailableException("interrupted before the broker had taken the word", e);
        }
    }
}
