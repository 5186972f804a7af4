package io.synthray.producer.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.schemas.serde.RegistrySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks whether a schema registry is there, with one question of its Confluent-compatible API
 * (https://docs.confluent.io/platform/current/schema-registry/develop/api.html#get--subjects). The serde would wait longer and
 * say less about a server that is silent or is something else.
 */
final class RegistryProbe {
    private final RegistrySettings settings;

    RegistryProbe(RegistrySettings settings) {
        this.settings = settings;
    }

    /** @throws PlatformUnavailableException when no registry answers in time */
    void require() {
        HttpResponse<String> answer = ask();
        if (answer.statusCode() != 200) {
            throw unavailable("it answers HTTP " + answer.statusCode(), null);
        }
        try {
            if (!new ObjectMapper().readTree(answer.body()).isArray()) {
                throw unavailable("it answers with something else than a list of subjects", null);
            }
        } catch (JsonProcessingException e) {
            throw unavailable("it answers with something else than JSON", e);
        }
    }

    private HttpResponse<String> ask() {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.url() + "/apis/ccompat/v7/subjects"))
                .timeout(settings.timeout())
                .build();
        try {
            // The request's own time-out ends with the answer's headers; this one holds for its body, too.
            return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unavailable(describe(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw unavailable("no answer within " + settings.timeout().toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted", e);
        }
    }

    private String describe(Throwable cause) {
        if (cause instanceof java.net.http.HttpTimeoutException) {
            return "no answer within " + settings.timeout().toSeconds() + " s";
        }
        if (cause instanceof java.net.ConnectException) {
            return "nothing listens there, or it cannot be reached";
        }
        boolean told = cause instanceof IOException && cause.getMessage() != null;
        return told ? cause.getMessage() : cause.getClass().getSimpleName();
    }

    private PlatformUnavailableException unavailable(String found, Throwable cause) {
        return new PlatformUnavailableException(
                "expected a schema registry at " + settings.url() + ", found none: " + found, cause);
    }
}
