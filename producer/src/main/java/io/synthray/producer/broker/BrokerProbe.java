package io.synthray.producer.broker;

import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks whether a broker is there and has the topic of studies. */
final class BrokerProbe {
    private final KafkaSettings settings;
    private final Duration timeout;

    BrokerProbe(KafkaSettings settings, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
    }

    /** @throws PlatformUnavailableException when no broker answers in time, or it lacks the topic */
    void require() {
        String topic = settings.names().of(TopicCatalogue.STUDIES);
        Admin admin = Admin.create(settings.client(Map.of(
                "default.api.timeout.ms", (int) timeout.toMillis(),
                "request.timeout.ms", (int) timeout.toMillis())));
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new PlatformUnavailableException(
                        "the broker at %s has no topic %s: run 'synthray setup', or say --topic-prefix"
                                .formatted(settings.bootstrapServers(), topic),
                        e);
            }
            throw unanswered(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw unanswered("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered("interrupted", e);
        } finally {
            admin.close(Duration.ofSeconds(1));
        }
    }

    private PlatformUnavailableException unanswered(String found, Exception cause) {
        return new PlatformUnavailableException(
                "the broker at %s did not describe its topics within %d s: %s"
                        .formatted(settings.bootstrapServers(), timeout.toSeconds(), found),
                cause);
    }
}
