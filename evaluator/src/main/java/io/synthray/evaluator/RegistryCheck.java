package io.synthray.evaluator;

import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Asks the registry for topics' schemas through its Confluent-compatible API. */
final class RegistryCheck {
    private final RegistrySettings settings;
    private final HttpClient http;

    RegistryCheck(RegistrySettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    }

    /** @throws StartupException when the registry does not answer or lacks a schema */
    void require(List<Topic<?>> topics, TopicNames names) {
        List<String> missing = topics.stream()
                .map(topic -> names.of(topic) + "-value")
                .filter(subject -> ask(subject) != 200)
                .toList();
        if (!missing.isEmpty()) {
            throw new StartupException("the registry at %s does not have the schemas %s: run 'synthray setup'"
                    .formatted(settings.url(), String.join(", ", missing)));
        }
    }

    private int ask(String subject) {
        try {
            URI uri = URI.create(settings.url() + "/apis/ccompat/v7/subjects/" + subject + "/versions");
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(settings.timeout()).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | IllegalArgumentException e) {
            String cause = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new StartupException("the registry at " + settings.url() + " does not answer: " + cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while asking the registry");
        }
    }
}
