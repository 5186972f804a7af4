package io.synthray.local.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A packaged service on a free port, and its pages. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration END = Duration.ofSeconds(45);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Child process;
    private final int port;

    private ServiceProcess(Child process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a service and does not wait.
     *
     * @param module {@code generator-worker}, {@code trainer-worker} or {@code evaluator}
     * @param name the process's own, also its worker's name
     * @param settings its configuration
     * @param log file that its output is appended to
     */
    public static ServiceProcess launch(String module, String name, Map<String, String> settings, Path log) {
        Programs programs = new Programs(Distribution.current());
        int port = FreePorts.take(1).get(0);
        Program program = programs.service(module, name, port, settings);
        return new ServiceProcess(Child.start(program, programs.distribution(), log), port);
    }

    /**
     * Waits until these probes of its health are up.
     *
     * @param probes {@code live}, {@code ready} or {@code started}
     * @throws IllegalStateException when the service ends or is not up in time; it is ended then
     */
    public ServiceProcess await(String... probes) throws InterruptedException {
        try {
            for (String probe : probes) {
                Readiness.http(port, "/q/health/" + probe).await(process, START);
            }
            return this;
        } catch (InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** The process itself: to be killed, awaited, read. */
    public Child process() {
        return process;
    }

    /** HTTP status of a probe: {@code live}, {@code ready} or {@code started}; 0 while nobody answers. */
    public int health(String probe) {
        try {
            return get("/q/health/" + probe).statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /**
     * Body of a page.
     *
     * @throws UncheckedIOException when nobody answers
     */
    public String page(String path) {
        return get(path).body();
    }

    /** Whether a page has these words now; false while nobody answers in time, so that one can go on asking. */
    public boolean says(String path, String words) {
        try {
            return page(path).contains(words);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + path, e);
        }
    }

    /**
     * Tells it to end and waits.
     *
     * @throws IllegalStateException when it did not end within 45 s and had to be killed
     */
    @Override
    public void close() {
        process.terminate();
        try {
            process.waitFor(END);
        } catch (InterruptedException e) {
            process.kill();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            process.kill();
            throw e;
        }
    }
}
