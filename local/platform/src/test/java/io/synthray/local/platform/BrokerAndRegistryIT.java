package io.synthray.local.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.serde.SchemaRegistrar;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicAdmin;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerAndRegistryIT {
    @TempDir
    Path directory;

    @Test
    void topicsAndSchemaIdsOutliveKills() throws Exception {
        try (BrokerAndRegistry servers = BrokerAndRegistry.start(directory)) {
            KafkaSettings kafka = KafkaSettings.of(servers.bootstrapServers(), TopicNames.DEFAULT);
            RegistrySettings registry = RegistrySettings.of(servers.registryUrl());
            try (TopicAdmin admin = new TopicAdmin(kafka, Duration.ofSeconds(30))) {
                admin.createMissing((short) 1);
            }
            new SchemaRegistrar(registry).registerAll(kafka.names());
            String before = schema(servers, 3);
            assertTrue(before.contains("GenerationRequest"), before);

            servers.killRegistry();
            servers.killBroker();
            servers.startBroker();
            servers.startRegistry();

            try (TopicAdmin admin = new TopicAdmin(kafka, Duration.ofSeconds(30))) {
                admin.check();
            }
            assertEquals(before, schema(servers, 3));
            new SchemaRegistrar(registry).registerAll(kafka.names());
            assertEquals(before, schema(servers, 3), "registering again gives the same ids");
            assertEquals(404, get(servers, TopicCatalogue.ALL.size() + 1).statusCode(), "and no new ones");
        }
    }

    private static String schema(BrokerAndRegistry servers, int id) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(servers, id);
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    private static HttpResponse<String> get(BrokerAndRegistry servers, int id)
            throws IOException, InterruptedException {
        URI uri = URI.create(servers.registryUrl() + "/apis/ccompat/v7/schemas/ids/" + id);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
