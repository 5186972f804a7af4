package io.synthray.trainer.worker;

import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks the registry for topics' schemas through its Confluent-compatible API. */
final class RegistryCheck {
    private final RegistrySettings settings;
    private final HttpClient http;

    RegistryCheck(RegistrySettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    }

    /** @throws StartupException when the registry does not answer or does not have the schema */
    void require(Topic<?> topic, TopicNames names) {
        String subject = names.of(topic) + "-value";
        int status = status(URI.create(settings.url() + "/apis/ccompat/v7/subjects/" + subject + "/versions"));
        if (status != 200) {
            throw new StartupException(
                    "the registry at %s does not have the schema %s (HTTP %d); 'synthray setup' makes it"
                            .formatted(settings.url(), subject, status));
        }
    }

    private int status(URI uri) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(settings.timeout()).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | IllegalArgumentException e) {
            String cause = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new StartupException("the registry at %s does not answer: %s".formatted(settings.url(), cause), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while asking the registry", e);
        }
    }
}
