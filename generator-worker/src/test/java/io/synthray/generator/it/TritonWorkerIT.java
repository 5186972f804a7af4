package io.synthray.generator.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synthray.event.GenerationOutcome;
import io.synthray.event.GenerationRequest;
import io.synthray.event.ImageMade;
import io.synthray.event.Mask;
import io.synthray.event.MaskStructure;
import io.synthray.event.OutcomeStatus;
import io.synthray.imaging.digest.Sha256;
import io.synthray.local.platform.BrokerAndRegistry;
import io.synthray.local.platform.Child;
import io.synthray.local.platform.Distribution;
import io.synthray.local.platform.FreePorts;
import io.synthray.local.platform.Program;
import io.synthray.local.platform.Programs;
import io.synthray.local.platform.Readiness;
import io.synthray.local.platform.ServiceProcess;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.serde.SchemaRegistrar;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicAdmin;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged worker with NVIDIA's Triton, and with the embedded server, on the models that are shipped. */
class TritonWorkerIT {
    private static final Duration SOON = Duration.ofSeconds(180);
    private static final Duration FIRST_START = Duration.ofMinutes(5);
    private static final Duration START = Duration.ofSeconds(60);
    private static final int NO_PYTHON = 3;
    private static final int IMAGES = 10;
    private static final List<String> BAD = List.of("word", "structure", "shape", "guidance", "model");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path directory;

    private static final Programs PROGRAMS = new Programs(Distribution.current());
    private static final int TRITON = FreePorts.take(1).get(0);
    private static final int EMBEDDED = FreePorts.take(1).get(0);

    private static BrokerAndRegistry platform;
    private static Child triton;
    private static Child embedded;

    @BeforeAll
    static void startServers() throws InterruptedException {
        Path models = PROGRAMS.distribution().modelRepository();
        triton = start(PROGRAMS.triton(models, TRITON));
        long deadline = System.nanoTime() + FIRST_START.toNanos();
        while (!Readiness.listening(TRITON).isReady() && triton.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(200);
        }
        assumeTrue(
                triton.isAlive() || triton.exitCode().orElse(0) != NO_PYTHON,
                () -> "Triton left out: " + triton.output());
        assertTrue(Readiness.listening(TRITON).isReady(), () -> triton.output());
        embedded = start(PROGRAMS.inference(models, EMBEDDED, 1));
        Readiness.listening(EMBEDDED).await(embedded, START);
        platform = BrokerAndRegistry.start(directory);
    }

    private static Child start(Program program) {
        return Child.start(program, PROGRAMS.distribution(), directory.resolve(program.name() + ".log"));
    }

    @AfterAll
    static void stopServers() {
        for (AutoCloseable server : new AutoCloseable[] {platform, embedded, triton}) {
            if (server instanceof Child child) {
                child.close();
            } else if (server instanceof BrokerAndRegistry both) {
                both.close();
            }
        }
    }

    @Test
    void bothServersMakeTheSameFilesAndRefuseTheSameRequests() throws Exception {
        Made real = make("triton.", TRITON);
        Made own = make("embedded.", EMBEDDED);

        assertEquals(IMAGES, real.images().size());
        // Triton had them in batches as they came, the embedded server one by one.
        assertEquals(digests(own.images(), ImageMade::getSha256), digests(real.images(), ImageMade::getSha256));
        assertEquals(
                digests(own.images(), image -> HexFormat.of().formatHex(bytes(image))),
                digests(real.images(), image -> HexFormat.of().formatHex(bytes(image))));
        String sampler = weights("sampler");
        String embedder = "embedder@1:" + weights("embedder");
        for (Made made : List.of(real, own)) {
            for (ImageMade image : made.images().values()) {
                assertEquals("sampler", image.getProvenance().getModel());
                assertEquals("1", image.getProvenance().getModelVersion());
                assertEquals(sampler, image.getProvenance().getWeightsSha256());
                assertEquals(embedder, image.getEmbedder());
                assertEquals(2 * 32, image.getEmbedding().remaining());
            }
            refused(made, "word", "zebra");
            refused(made, "structure", "'tail'");
            refused(made, "shape", "mask: expected a square as the model's images are");
            refused(made, "guidance", "expected 0 to 50, found 51");
            refused(made, "model", "nobody");
        }
        assertTrue(real.images().get(0).getProvenance().getServer().startsWith("triton "));
        assertTrue(own.images().get(0).getProvenance().getServer().startsWith("synthray "));
    }

    private record Made(Map<Integer, ImageMade> images, Map<String, GenerationOutcome> outcomes) {}

    /** Has a worker of its own make the images of one installation. */
    private static Made make(String prefix, int port) throws Exception {
        Addresses here = install(prefix, port);
        List<Integer> partitions = RequestSource.partitionsFrom(0);
        try (RequestSource requests = new RequestSource(here, "study")) {
            requests.publish("study", IMAGES, partitions, request -> shipped(
                            request.getIndex() % 2 == 0
                                    ? request.setPrompt("frontal chest radiograph Cardiomegaly, edema.")
                                    : request.setMask(RequestSource.mask("heart")))
                    .setModel("sampler"));
            requests.publish("word", 1, partitions, request -> shipped(request).setPrompt("frontal zebra"));
            requests.publish(
                    "structure", 1, partitions, request -> shipped(request).setMask(RequestSource.mask("tail")));
            Mask wide = new Mask(300, 100, List.of(new MaskStructure("heart", List.of(0, 30_000))));
            requests.publish("shape", 1, partitions, request -> shipped(request).setMask(wide));
            requests.publish(
                    "guidance", 1, partitions, request -> shipped(request).setTextGuidance(51));
            requests.publish("model", 1, partitions, request -> request.setModel("nobody"));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("synthray.kafka.bootstrap-servers", here.kafka().bootstrapServers());
        settings.put("synthray.kafka.topic-prefix", prefix);
        settings.put("synthray.registry.url", platform.registryUrl());
        settings.put("synthray.inference.address", here.inference());
        settings.put("synthray.inference.embedder", "embedder");
        settings.put("synthray.store.uri", here.store().toString());
        settings.put("synthray.generator.in-flight.initial", "8");
        try (ServiceProcess worker = ServiceProcess.launch(
                        "generator-worker", prefix + "worker", settings, directory.resolve(prefix + "log"));
                Follower<ImageMade> images = new Follower<>(here, TopicCatalogue.IMAGES);
                Follower<GenerationOutcome> outcomes = new Follower<>(here, TopicCatalogue.GENERATION_OUTCOMES)) {
            worker.await("started");
            Map<Integer, ImageMade> made = new TreeMap<>();
            images.until(read -> read.size() >= IMAGES, SOON)
                    .forEach(record -> made.put(record.value().getIndex(), record.value()));
            Map<String, GenerationOutcome> said = outcomes.until(read -> read.size() >= BAD.size(), SOON).stream()
                    .collect(Collectors.toMap(record -> record.value().getStudy(), ConsumerRecord::value));
            return new Made(made, said);
        }
    }

    private static GenerationRequest.Builder shipped(GenerationRequest.Builder request) {
        return request.setModel("sampler").setTextGuidance(1.5f);
    }

    private static Addresses install(String prefix, int port) {
        Addresses addresses = new Addresses(
                KafkaSettings.of(platform.bootstrapServers(), new TopicNames(prefix)),
                RegistrySettings.of(platform.registryUrl()),
                "127.0.0.1:" + port,
                directory.resolve("store-" + prefix).toUri());
        try (TopicAdmin admin = new TopicAdmin(addresses.kafka(), Duration.ofSeconds(30))) {
            admin.createMissing((short) 1);
        }
        new SchemaRegistrar(addresses.registry()).registerAll(addresses.kafka().names());
        return addresses;
    }

    private static Map<Integer, String> digests(Map<Integer, ImageMade> images, Function<ImageMade, String> digest) {
        return images.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> digest.apply(entry.getValue())));
    }

    private static byte[] bytes(ImageMade image) {
        byte[] bytes = new byte[image.getEmbedding().remaining()];
        image.getEmbedding().duplicate().get(bytes);
        return bytes;
    }

    private static void refused(Made made, String study, String reason) {
        GenerationOutcome outcome = made.outcomes().get(study);
        assertEquals(OutcomeStatus.FAILED, outcome.getStatus());
        assertTrue(outcome.getError().contains(reason), outcome.getError());
    }

    private static String weights(String model) throws Exception {
        Path file = PROGRAMS.distribution()
                .modelRepository()
                .resolve(model)
                .resolve("1")
                .resolve("model.onnx");
        return Sha256.hex(Files.readAllBytes(file));
    }
}
