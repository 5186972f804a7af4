package io.synthray.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Registers the catalogue's schemas through the registry's Confluent-compatible API, which any registry speaks
 * (https://docs.confluent.io/platform/current/schema-registry/develop/api.html). Registering again changes nothing.
 */
public final class SchemaRegistrar {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistrySettings settings;
    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();

    /** @param settings how to reach the registry */
    public SchemaRegistrar(RegistrySettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    }

    /**
     * Registers every schema in the catalogue's order, one after the other, so that a fresh registry gives each the same id.
     *
     * @return schema id by topic name at the broker
     * @throws RegistryException when the registry does not answer or refuses a schema as incompatible
     */
    public Map<String, Integer> registerAll(TopicNames names) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (Topic<?> topic : TopicCatalogue.ALL) {
            ids.put(names.of(topic), register(names.of(topic) + "-value", topic));
        }
        return ids;
    }

    private int register(String subject, Topic<?> topic) {
        URI uri = URI.create(settings.url() + "/apis/ccompat/v7/subjects/" + subject + "/versions");
        try {
            String body =
                    json.writeValueAsString(Map.of("schema", topic.schema().toString(), "schemaType", "AVRO"));
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(settings.timeout())
                    .header("Content-Type", CONTENT_TYPE)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new RegistryException(
                        "the registry at %s refused the schema of %s: HTTP %d %s"
                                .formatted(settings.url(), subject, response.statusCode(), response.body()),
                        null);
            }
            return id(subject, response.body());
        } catch (IOException e) {
            throw new RegistryException(
                    "the registry at %s did not answer: %s".formatted(settings.url(), describe(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("interrupted while registering " + subject, e);
        }
    }

    private int id(String subject, String body) throws JsonProcessingException {
        var id = json.readTree(body).path("id");
        if (!id.isInt()) {
            throw new RegistryException(
                    "the registry at %s answered for %s without an id: %s".formatted(settings.url(), subject, body),
                    null);
        }
        return id.intValue();
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
