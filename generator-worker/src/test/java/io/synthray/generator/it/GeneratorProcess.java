package io.synthray.generator.it;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged worker as a process of its own. */
final class GeneratorProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration START = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private GeneratorProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a worker and waits until it takes requests. */
    static GeneratorProcess start(Addresses addresses, String name, Path log, String... more)
            throws IOException, InterruptedException {
        GeneratorProcess worker = launch(addresses, name, log, more);
        long deadline = System.nanoTime() + START.toNanos();
        while (worker.health("started") != 200) {
            if (System.nanoTime() > deadline || !worker.process.isAlive()) {
                worker.close();
                throw new IllegalStateException("worker " + name + " did not start, see " + log);
            }
            Thread.sleep(100);
        }
        return worker;
    }

    /** Starts a worker and does not wait. */
    static GeneratorProcess launch(Addresses addresses, String name, Path log, String... more) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Dquarkus.http.port=" + port,
                "-Dsynthray.kafka.bootstrap-servers=" + addresses.kafka().bootstrapServers(),
                "-Dsynthray.kafka.topic-prefix=" + addresses.kafka().names().prefix(),
                "-Dsynthray.registry.url=" + addresses.registry().url(),
                "-Dsynthray.inference.address=" + addresses.inference(),
                "-Dsynthray.store.uri=" + addresses.store(),
                "-Dsynthray.worker.name=" + name));
        command.addAll(List.of(more));
        command.addAll(List.of("-jar", JAR.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        return new GeneratorProcess(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Status of a probe; 0 while nobody answers. */
    int health(String probe) throws InterruptedException {
        try {
            return get("/q/health/" + probe).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** A page of the worker's HTTP server. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Waits for the end and returns the exit code. */
    int waitFor(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the worker still runs after " + timeout);
        }
        return process.exitValue();
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As kill does: an orderly end. */
    void terminate() {
        process.destroy();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
