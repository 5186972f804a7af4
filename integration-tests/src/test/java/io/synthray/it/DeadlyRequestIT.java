package io.synthray.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.GenerationOutcome;
import io.synthray.event.GenerationRequest;
import io.synthray.event.ImageMade;
import io.synthray.local.platform.BrokerAndRegistry;
import io.synthray.local.platform.Child;
import io.synthray.local.platform.Distribution;
import io.synthray.local.platform.FreePorts;
import io.synthray.local.platform.Programs;
import io.synthray.local.platform.Readiness;
import io.synthray.local.platform.ServiceProcess;
import io.synthray.producer.broker.Events;
import io.synthray.producer.broker.Platform;
import io.synthray.producer.submit.Submitter;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A request on which worker after worker is killed. The share group gives a record up after five deliveries and says nothing;
 * the evaluator must notice and publish the request again, twice here.
 */
class DeadlyRequestIT {
    private static final int DEATHS = 12;
    private static final int DELIVERY_LIMIT = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private final Programs programs = new Programs(Distribution.current());
    private final int inferencePort = FreePorts.take(1).get(0);
    private final List<AutoCloseable> open = new ArrayList<>();
    private int launched;

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void isImagedThoughItHasKilledTwelveWorkers() throws Exception {
        Platform platform = startPlatform();
        service(platform, "evaluator", "evaluator", Map.of("synthray.evaluator.state-dir", file("evaluator")))
                .await("started", "ready");
        new Submitter(platform).submit(SmallStudies.oneImage(), (published, planned) -> {});

        // Without an inference server a worker keeps the request; another one is at hand for when it is killed.
        List<ServiceProcess> workers = new ArrayList<>(List.of(worker(platform), worker(platform)));
        for (int deaths = 0; deaths < DEATHS; deaths++) {
            ServiceProcess holder = awaitHolder(workers, deaths);
            holder.process().kill();
            workers.remove(holder);
            workers.add(worker(platform));
        }
        startInference();

        ImageMade image = awaitImage(platform);
        assertEquals("deadly/real+synthetic/shared/0", image.getRequest());
        assertTrue(workers.stream().anyMatch(worker -> worker.process().name().equals(image.getWorker())));
        List<GenerationRequest> copies = read(platform, TopicCatalogue.GENERATION_REQUESTS);
        assertTrue(copies.size() > DEATHS / DELIVERY_LIMIT, copies.size() + " copies");
        assertEquals(1, copies.stream().distinct().count(), "each the same, byte for byte");
        List<GenerationOutcome> outcomes = read(platform, TopicCatalogue.GENERATION_OUTCOMES);
        assertEquals(List.of(), outcomes);
    }

    private Platform startPlatform() throws InterruptedException {
        BrokerAndRegistry servers = BrokerAndRegistry.start(directory);
        open.add(servers);
        Platform platform = new Platform(
                KafkaSettings.of(servers.bootstrapServers(), TopicNames.DEFAULT),
                RegistrySettings.of(servers.registryUrl()));
        platform.setUp((short) 1);
        return platform;
    }

    private void startInference() throws InterruptedException {
        Child inference = Child.start(
                programs.inference(programs.distribution().modelRepository(), inferencePort, 1),
                programs.distribution(),
                directory.resolve("inference.log"));
        open.add(inference);
        Readiness.listening(inferencePort).await(inference, PATIENCE);
    }

    private ServiceProcess worker(Platform platform) {
        return service(
                platform,
                "generator-worker",
                "generator-" + ++launched,
                Map.of(
                        "synthray.inference.address",
                        "127.0.0.1:" + inferencePort,
                        "synthray.store.uri",
                        directory.resolve("images").toUri().toString(),
                        "synthray.generator.consumers",
                        "4"));
    }

    private ServiceProcess service(Platform platform, String module, String name, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>(more);
        settings.put("synthray.kafka.bootstrap-servers", platform.kafka().bootstrapServers());
        settings.put("synthray.kafka.topic-prefix", platform.names().prefix());
        settings.put("synthray.registry.url", platform.registry().url().toString());
        ServiceProcess service = ServiceProcess.launch(module, name, settings, directory.resolve(name + ".log"));
        open.add(service);
        return service;
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    /** The worker that has the request: it says that it waits for the inference server, which only a request makes it ask. */
    private static ServiceProcess awaitHolder(List<ServiceProcess> workers, int deaths) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<ServiceProcess> holder = workers.stream()
                    .filter(worker -> worker.process()
                            .output()
                            .contains("dependency=\"inference server\" is away, waiting for it"))
                    .findFirst();
            if (holder.isPresent()) {
                return holder.get();
            }
            Thread.sleep(100);
        }
        throw new AssertionError("nobody was given the request any more after " + deaths + " deaths");
    }

    private static ImageMade awaitImage(Platform platform) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            List<ImageMade> images = read(platform, TopicCatalogue.IMAGES);
            if (!images.isEmpty()) {
                return images.get(0);
            }
            Thread.sleep(500);
        }
        throw new AssertionError("no image after " + DEATHS + " deaths");
    }

    private static <T extends SpecificRecord> List<T> read(Platform platform, Topic<T> topic) {
        List<T> events = new ArrayList<>();
        new Events(platform).read(topic, key -> true, (key, event) -> events.add(event));
        return events;
    }
}
