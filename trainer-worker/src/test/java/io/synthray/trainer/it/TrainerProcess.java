package io.synthray.trainer.it;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged worker as a process of its own. */
final class TrainerProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private TrainerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a worker and waits until it takes trials. */
    static TrainerProcess start(Installation installation, String name, Path log)
            throws IOException, InterruptedException {
        TrainerProcess worker = launch(installation, name, log);
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
    static TrainerProcess launch(Installation installation, String name, Path log) throws IOException {
        int port = freePort();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-Dquarkus.http.port=" + port,
                "-Dsynthray.kafka.bootstrap-servers=" + installation.kafka().bootstrapServers(),
                "-Dsynthray.kafka.topic-prefix=" + installation.kafka().names().prefix(),
                "-Dsynthray.registry.url=" + installation.registry().url(),
                "-Dsynthray.store.uri=" + installation.store().toUri(),
                "-Dsynthray.worker.name=" + name,
                "-jar",
                JAR.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        return new TrainerProcess(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Status of a probe; 0 while nobody answers. */
    int health(String probe) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/" + probe))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
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

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException("the worker did not end when it was told to");
        }
    }
}
