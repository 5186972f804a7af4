package io.synthray.local.platform;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The programs of one machine. All serve on 127.0.0.1 only.
 *
 * @param distribution where they lie
 */
public record Programs(Distribution distribution) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BROKER_HEAP = 384;
    private static final int REGISTRY_HEAP = 128;
    private static final int INFERENCE_HEAP = 160;
    private static final int SERVICE_HEAP = 192;

    /**
     * Quick to start: the first compiler only. The second one would earn its time back in the broker and in nothing else, and
     * there on long runs only.
     */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /**
     * Kafka's broker.
     *
     * @param data directory that outlives the process
     * @param port for clients
     * @param controllerPort for itself
     */
    public Program broker(Path data, int port, int controllerPort) {
        return Program.jar(
                "broker",
                BROKER_HEAP,
                distribution.broker(),
                Map.of(),
                data.toString(),
                Integer.toString(port),
                Integer.toString(controllerPort));
    }

    /**
     * The schema registry. Each write is on disk before it is answered, so that ids outlive a kill.
     *
     * @param data directory that outlives the process
     */
    public Program registry(Path data, int port) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("quarkus.http.host", LOOPBACK);
        properties.put("quarkus.http.port", Integer.toString(port));
        properties.put("quarkus.http.access-log.enabled", "false");
        properties.put("apicurio.storage.kind", "sql");
        properties.put("apicurio.storage.sql.kind", "h2");
        properties.put(
                "apicurio.datasource.url",
                "jdbc:h2:file:" + data.resolve("registry").toAbsolutePath() + ";WRITE_DELAY=0");
        properties.put("apicurio.datasource.jdbc.initial-size", "2");
        properties.put("apicurio.datasource.jdbc.min-size", "2");
        properties.put("apicurio.datasource.jdbc.max-size", "20");
        return Program.jar("registry", REGISTRY_HEAP, distribution.registry(), properties)
                .with(QUICK);
    }

    /**
     * The embedded inference server.
     *
     * @param repository a Triton model repository
     * @param threads samples executed at the same time
     */
    public Program inference(Path repository, int port, int threads) {
        return new Program(
                "inference",
                INFERENCE_HEAP,
                QUICK,
                List.of("-cp", distribution.inferenceClassPath(), "io.synthray.inference.server.InferenceServer"),
                List.of(
                        "--repository",
                        repository.toString(),
                        "--host",
                        LOOPBACK,
                        "--port",
                        Integer.toString(port),
                        "--threads",
                        Integer.toString(threads)));
    }

    /**
     * NVIDIA's Triton in place of the embedded inference server; its first start downloads it.
     *
     * @param repository a Triton model repository
     */
    public Program triton(Path repository, int port) {
        return Program.script(
                "triton", distribution.triton(), "--until-stdin-closes", Integer.toString(port), repository.toString());
    }

    /**
     * The training of one trial, without any service.
     *
     * @param heapMebibytes largest heap, in which the images lie
     */
    public Program training(int heapMebibytes, List<String> arguments) {
        return new Program(
                "train",
                heapMebibytes,
                List.of("-Djava.util.logging.manager=org.jboss.logmanager.LogManager"),
                List.of(
                        "-cp",
                        distribution.serviceClassPath("trainer-worker"),
                        "io.synthray.trainer.offline.OfflineMain"),
                arguments);
    }

    /**
     * A Quarkus service.
     *
     * @param module {@code generator-worker}, {@code trainer-worker} or {@code evaluator}
     * @param name the process's own, also its worker's name
     * @param port of its health and metrics
     * @param settings its configuration
     */
    public Program service(String module, String name, int port, Map<String, String> settings) {
        Map<String, String> properties = new LinkedHashMap<>(settings);
        properties.put("quarkus.http.host", LOOPBACK);
        properties.put("quarkus.http.port", Integer.toString(port));
        properties.put("synthray.worker.name", name);
        return Program.jar(name, SERVICE_HEAP, distribution.service(module), properties)
                .with(QUICK);
    }
}
