package io.synthray.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is no registry is told as such, and soon. The real one is met by the services' integration tests. */
class RegistryCheckTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** An answer comes at once, but the first connection of a process takes its time on a busy machine. */
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void anAbsentServer() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        refused(port, LONG, "nothing listens there");
    }

    @Test
    void aServerThatIsSilent() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(socket.getLocalPort(), SHORT, "no answer within 1 s");
        }
    }

    @Test
    void aServerThatIsSomethingElse() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/", exchange -> {
            byte[] page = "<html>hello</html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            refused(server.getAddress().getPort(), LONG, "something else than a list of subjects");
        } finally {
            server.stop(0);
        }
    }

    private static void refused(int port, Duration timeout, String cause) {
        RegistrySettings settings = new RegistrySettings(URI.create("http://127.0.0.1:" + port), timeout, Map.of());
        RegistryException refusal =
                assertThrows(RegistryException.class, () -> new RegistryCheck(settings).requireAnswer());
        assertTrue(refusal.getMessage().contains("127.0.0.1:" + port), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(cause), refusal.getMessage());
    }
}
