package io.synthray.schemas.serde;

import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicNames;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks through the Confluent-compatible API whether a registry is there and has schemas
 * (https://docs.confluent.io/platform/current/schema-registry/develop/api.html). A serde would wait longer and say less about a
 * server that is silent or is something else.
 */
public final class RegistryCheck {
    private static final String SUBJECTS = "/apis/ccompat/v7/subjects";

    private final RegistrySettings settings;
    private final HttpClient http;

    /** @param settings how to reach the registry */
    public RegistryCheck(RegistrySettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    }

    /** @throws RegistryException when no registry answers in time */
    public void requireAnswer() {
        HttpResponse<String> answer = get(SUBJECTS);
        if (answer.statusCode() != 200) {
            throw unavailable("it answers HTTP " + answer.statusCode(), null);
        }
        if (!answer.body().strip().startsWith("[")) {
            throw unavailable("it answers with something else than a list of subjects", null);
        }
    }

    /**
     * Requires the schemas of topics' values.
     *
     * @throws RegistryException when no registry answers in time, or listing the schemas that it lacks
     */
    public void requireSchemas(List<Topic<?>> topics, TopicNames names) {
        requireAnswer();
        List<String> missing = topics.stream()
                .map(topic -> names.of(topic) + "-value")
                .filter(subject -> get(SUBJECTS + "/" + subject + "/versions").statusCode() != 200)
                .toList();
        if (!missing.isEmpty()) {
            throw new RegistryException(
                    "the registry at %s does not have the schemas %s: run 'synthray setup'"
                            .formatted(settings.url(), String.join(", ", missing)),
                    null);
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(settings.url() + path))
                    .timeout(settings.timeout())
                    .build();
            // The request's own time-out ends with the answer's headers; this one holds for its body, too.
            return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unavailable(describe(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(silence(), e);
        } catch (IllegalArgumentException e) {
            throw unavailable("expected http://HOST:PORT, " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted", e);
        }
    }

    private String describe(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return silence();
        }
        if (cause instanceof ConnectException) {
            return "nothing listens there, or it cannot be reached";
        }
        boolean told = cause instanceof IOException && cause.getMessage() != null;
        return told ? cause.getMessage() : cause.getClass().getSimpleName();
    }

    private String silence() {
        return "no answer within " + settings.timeout().toSeconds() + " s";
    }

    private RegistryException unavailable(String found, Throwable cause) {
        return new RegistryException(
                "expected a schema registry at " + settings.url() + ", found none: " + found, cause);
    }
}
