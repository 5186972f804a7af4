package io.synthray.generator;

import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks the registry for a topic's schema through its Confluent-compatible API. */
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
        int status;
        try {
            URI uri = URI.create(settings.url() + "/apis/ccompat/v7/subjects/" + subject + "/versions");
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(settings.timeout()).build();
            status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | IllegalArgumentException e) {
            String cause = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new StartupException("the registry at " + settings.url() + " does not answer: " + cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while asking the registry");
        }
        if (status != 200) {
            throw new StartupException("the registry at %s does not have the schema %s (HTTP %d): run 'synthray setup'"
                    .formatted(settings.url(), subject, status));
        }
    }
}
