package io.synthray.producer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final Path LUNGS = Path.of(System.getProperty("synthray.root"), "examples", "lungs.yaml");

    /** A command that waits for a server may take its time-out and what the machine needs, and no more. */
    private static final Duration SECONDS = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private Ended run(String... arguments) {
        return Ended.of(directory, arguments);
    }

    private void assertFails(String expected, String... arguments) {
        Ended ended = assertTimeoutPreemptively(SECONDS, () -> run(arguments));
        assertTrue(ended.err().contains(expected), ended::toString);
        assertEquals(ExitCode.FAILURE, ended.exitCode(), ended::toString);
        assertTrue(ended.out().lines().allMatch(line -> line.startsWith("submitting study ")), ended::toString);
    }

    @Test
    void validatesAStudy() {
        Ended ended = run("validate", LUNGS.toString());
        assertEquals("", ended.err());
        assertEquals(ExitCode.OK, ended.exitCode());
        assertTrue(
                ended.out().matches("(?s).*lungs\\.yaml: study lungs is valid, plan hash [0-9a-f]{64}\\s*"),
                ended.out());
    }

    @Test
    void plansForPeople() {
        Ended ended = run("plan", LUNGS.toString());
        assertEquals(ExitCode.OK, ended.exitCode(), ended.err());
        for (String line : List.of(
                "600 generation requests in 15 image sets",
                "  real+synthetic/repeat-1                  40 images",
                "25 trials: 5 arms, 5 repeats each",
                "4 comparisons, the family of the correction",
                "  one generator worker  about 4 min",
                "  one trainer worker    about 3 min (7,500 steps)")) {
            assertTrue(ended.out().lines().anyMatch(line::equals), () -> line + " in\n" + ended.out());
        }
    }

    @Test
    void plansForPrograms() throws IOException {
        Ended ended = run("plan", LUNGS.toString(), "--json");
        assertEquals(ExitCode.OK, ended.exitCode(), ended.err());
        JsonNode plan = new ObjectMapper().readTree(ended.out());
        assertEquals(600, plan.get("images").asInt());
        assertEquals(25, plan.get("trials").asInt());
        assertEquals(7500, plan.path("work").path("trainerSteps").asInt());
        assertEquals("repeat-1", plan.at("/imageSets/0/imageSet").asText());
        assertEquals(
                "real+synthetic/real-only/dice", plan.at("/comparisons/0/name").asText());
    }

    @Test
    void namesTheRealImagesOfARepeat() {
        List<String> first =
                run("plan", LUNGS.toString(), "--cases", "1").out().lines().toList();
        assertEquals(8, first.size());
        assertTrue(first.stream().allMatch(id -> id.startsWith("phantom-")), first.toString());
        assertNotEquals(
                first,
                run("plan", LUNGS.toString(), "--cases", "2").out().lines().toList());
        assertFails("--cases: expected a repeat from 1 to 5, found 6", "plan", LUNGS.toString(), "--cases", "6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "plan", "submit"})
    void reportsUnreadableYaml(String command) throws IOException {
        Path file = Files.writeString(directory.resolve("bad.yaml"), "study: [unclosed\nseed: 1\n");
        assertFails(
                file + ":2:5: expected YAML, found what cannot be read: expected ',' or ']'", command, file.toString());
        assertFails("error: the study has a fault", command, file.toString());
    }

    @Test
    void reportsUnknownFieldsAllAtOnce() throws IOException {
        Path file = study("{kind: phantom, sidd: 64}", "repaets: 3");
        assertFails(file + ":3:26: dataset: expected one of the fields", "validate", file.toString());
        assertFails("'sidd' (did you mean 'side'?)", "validate", file.toString());
        assertFails("'repaets' (did you mean 'repeats'?)", "validate", file.toString());
        assertFails("error: the study has 2 faults", "validate", file.toString());
    }

    @Test
    void reportsWhatIsWrongWithADataset() throws IOException {
        Path absent = study("{kind: folder, path: nowhere}", "");
        assertFails(
                absent + ":3:31: dataset.path: expected a directory with images/, masks/ and index.csv, found no such"
                        + " directory: " + directory.resolve("nowhere"),
                "validate",
                absent.toString());

        Path data = dataset("data");
        Path file = study("{kind: folder, path: data}", "");
        assertEquals(ExitCode.OK, run("validate", file.toString()).exitCode());

        Files.writeString(data.resolve("images/b.png"), "no image at all");
        assertFails("images/b.png: ", "validate", file.toString());
        assertFails("error: the study has a fault", "validate", file.toString());

        dataset("data");
        Files.write(data.resolve("masks/c.png"), png(16, 8));
        assertFails("masks/c.png: expected the size of the image, 16 x 16, found 16 x 8", "validate", file.toString());

        dataset("data");
        Files.delete(data.resolve("index.csv"));
        assertFails("index.csv", "validate", file.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "validate | Missing required parameter: 'FILE'",
                "validate a b | Unmatched argument",
                "submitt x | Did you mean: submit?",
                "plan x --jsn | Unknown option: '--jsn'",
                "watch x --timeout 5x | expected a time such as 90s, 30m or 8h, found '5x'",
                "watch x --bootstrap-servers nonsense | expected HOST:PORT[,HOST:PORT...], found 'nonsense'",
                "watch x --bootstrap-servers a:99999 | expected HOST:PORT[,HOST:PORT...], found 'a:99999'",
                "watch x --registry-url ftp://a | expected http://HOST[:PORT] or https://HOST[:PORT], found 'ftp://a'",
                "watch x --registry-url http://[ | expected http://HOST[:PORT] or https://HOST[:PORT]",
                "watch x --topic-prefix a/b | topic prefix 'a/b': expected at most 100 letters",
                "watch x --kafka-config absent.properties | expected a properties file in UTF-8",
                "setup --replication 0 | expected -1 or a number of copies, found 0",
                "control x jump --reason y | expected one of [RUN, PAUSE, STOP]",
                "control x stop | Missing required option: '--reason=TEXT'",
                "'' | expected a command, found none"
            })
    void tellsWhatItDoesNotUnderstand(String arguments, String expected) {
        Ended ended = arguments.isEmpty() ? run() : run(arguments.split(" ", -1));
        assertEquals(ExitCode.USAGE, ended.exitCode(), ended::toString);
        assertTrue(ended.err().contains(expected), ended::toString);
        assertTrue(ended.err().startsWith("error: "), ended::toString);
        assertTrue(ended.err().contains(" --help'."), ended::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"watch sample", "report sample", "submit STUDY", "control sample stop --reason r"})
    void saysThatNoBrokerListens(String command) throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertFails("the broker at 127.0.0.1:" + free + " did not ", at(command, free, registry(200, "[]")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"setup", "report sample"})
    void saysThatABrokerIsSilent(String command) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = silent.getLocalPort();
            assertFails("the broker at 127.0.0.1:" + port + " did not ", at(command, port, registry(200, "[]")));
        }
    }

    @Test
    void saysThatNoRegistryAnswers() throws IOException {
        String expected = "error: expected a schema registry at ";
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            assertFails(expected + url + ", found none: no answer within 5 s", at("setup", 1, url));
        }
        String nobody = "http://127.0.0.1:" + closedPort();
        assertFails(expected + nobody + ", found none: nothing listens there", at("setup", 1, nobody));
    }

    @Test
    void tellsARegistryFromOtherServers() throws IOException {
        assertFails("found none: it answers HTTP 404", at("setup", 1, registry(404, "<html>not here</html>")));
        assertFails(
                "found none: it answers with something else than a list of subjects",
                at("setup", 1, registry(200, "<html>a page</html>")));
    }

    @Test
    void logsToAFileAndSaysNothingOfItOnTheTerminal() throws IOException {
        Ended ended = run(at("report sample", closedPort(), registry(200, "[]")));
        assertEquals(1, ended.err().lines().count(), ended::toString);
        String log = Files.readString(directory.resolve("synthray.log"), StandardCharsets.UTF_8);
        assertTrue(log.contains("org.apache.kafka"), log);
    }

    @Test
    void helpsWithEveryCommand() {
        for (String command : List.of("validate", "plan", "setup", "submit", "watch", "report", "control")) {
            Ended ended = run(command, "--help");
            assertEquals(ExitCode.OK, ended.exitCode(), command);
            assertTrue(ended.out().startsWith("Usage: synthray " + command), ended.out());
        }
        assertTrue(run("--version").out().startsWith("synthray "), "version");
        Ended completion = run("generate-completion");
        assertEquals(ExitCode.OK, completion.exitCode(), completion.err());
        assertTrue(completion.out().contains("complete -F _complete_synthray"), completion.out());
        for (String word : List.of("validate", "--bootstrap-servers", "--no-real-pictures")) {
            assertTrue(completion.out().contains(word), word);
        }
    }

    private String[] at(String command, int broker, String registry) throws IOException {
        String studied = command.replace("STUDY", study("{kind: phantom}", "").toString());
        List<String> all = new ArrayList<>(Arrays.asList(studied.split(" ", -1)));
        all.addAll(List.of("--bootstrap-servers", "127.0.0.1:" + broker, "--registry-url", registry));
        return all.toArray(String[]::new);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A server that answers every question alike; it ends with the test's process. */
    private static String registry(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Path study(String dataset, String more) throws IOException {
        return Files.writeString(
                directory.resolve("s.yaml"),
                """
                study: sample
                seed: 1
                dataset: %s
                task: segmentation
                targets: [heart]
                real-images: 2
                arms: [{name: real-only}]
                %s
                """
                        .formatted(dataset, more));
    }

    /** A folder of three radiographs with masks. */
    private Path dataset(String name) throws IOException {
        Path folder = directory.resolve(name);
        Files.createDirectories(folder.resolve("images"));
        Files.createDirectories(folder.resolve("masks"));
        Files.writeString(folder.resolve("index.csv"), "image_id,split\na,train\nb,train\nc,test\n");
        int shade = 0;
        for (String id : List.of("a", "b", "c")) {
            shade++;
            int brightness = shade;
            float[] pixels = new float[256];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (i * brightness % 256) / 255f;
            }
            Files.write(folder.resolve("images/" + id + ".png"), Png.encode(GreyImage.of(16, 16, pixels), Map.of()));
            Files.write(folder.resolve("masks/" + id + ".png"), png(16, 16));
        }
        return folder;
    }

    private static byte[] png(int width, int height) {
        return Png.encode(GreyImage.of(width, height, new float[width * height]), Map.of());
    }
}
