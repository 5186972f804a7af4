package io.synthray.local.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Tells whether a program does its work yet. */
@FunctionalInterface
public interface Readiness {
    /** Asks once, for at most about a second. */
    boolean isReady();

    /** Ready when a page answers with 200. */
    static Readiness http(int port, String path) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(2))
                .build();
        return () -> {
            try {
                return client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }

    /** Ready when somebody listens. */
    static Readiness listening(int port) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return true;
            } catch (IOException e) {
                return false;
            }
        };
    }

    /** Ready when the broker serves clients. */
    static Readiness broker(int port) {
        return () -> {
            if (!listening(port).isReady()) {
                return false;
            }
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
                return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
            } catch (ExecutionException | TimeoutException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }

    /**
     * Waits until the child is ready.
     *
     * @throws IllegalStateException when it ends or is not ready in time; the message names its log
     */
    default void await(Child child, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!isReady()) {
            if (!child.isAlive()) {
                throw new IllegalStateException("%s ended with exit code %d before it was ready, see %s"
                        .formatted(child.name(), child.exitCode().orElse(-1), child.log()));
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%s is not ready after %d s, see %s".formatted(child.name(), timeout.toSeconds(), child.log()));
            }
            Thread.sleep(100);
        }
    }
}
