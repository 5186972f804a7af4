/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import static io.synthray.inference.fixture.Failures.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.inference.client.ExponentialBackoff;
import io.synthray.inference.client.GrpcInferenceClient;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.client.ResilientInferenceClient;
import io.synthray.inference.fixture.Command;
import io.synthray.inference.fixture.Repositories;
import io.synthray.inference.fixture.SampleRequests;
import io.synthray.inference.sampler.SampledImage;
import io.synthray.inference.sampler.Sampler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server as a process. */
class ServerCommandIT {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration END = Duration.ofSeconds(90);
    private static final String SHIPPED = Repositories.SHIPPED.toString();
    private static final int USAGE = 2;
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    @Test
    void anotherProcessDrawsTheSameBytes() {
        try (Command command = server("--repository", SHIPPED, "--port", "0");
                InferenceServer here = InferenceServer.start(ServerOptions.local(Repositories.SHIPPED));
                InferenceClient there = new GrpcInferenceClient(InferenceClientConfig.of(address(command)));
                InferenceClient near = new GrpcInferenceClient(InferenceClientConfig.of(here.address()))) {
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(draw(near, i), draw(there, i));
            }
        }
    }

    @Test
    void callsOutliveAServerThatIsKilledAndStartedAgain() {
        int port = Command.freePort();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (InferenceClient client = new ResilientInferenceClient(
                new GrpcInferenceClient(InferenceClientConfig.of("127.0.0.1:" + port)),
                new ExponentialBackoff(Duration.ofMillis(100), Duration.ofMillis(500), 1000, Math::random),
                timer)) {
            List<CompletableFuture<SampledImage>> calls = new ArrayList<>();
            try (Command first = server("--repository", SHIPPED, "--port", "" + port, "--threads", "1")) {
                address(first);
                Sampler sampler = value(Sampler.connect(client, ModelRef.latest("sampler")));
                for (int i = 0; i < 10; i++) {
                    calls.add(sampler.sample(SampleRequests.of(sampler.model()).numbered(i)));
                }
                value(calls.get(0));
                first.kill();
            }
            try (Command second = server("--repository", SHIPPED, "--port", "" + port)) {
                address(second);
                for (int i = 0; i < calls.size(); i += 3) {
                    assertArrayEquals(draw(client, i), value(calls.get(i)).pixels());
                }
            }
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void endsWhenItIsToldTo() {
        Command command = server("--repository", SHIPPED, "--port", "0");
        address(command);
        command.handle().destroy();
        assertEquals(TERMINATED, command.exit(END));
    }

    @Test
    void endsWithItsStarterIfAsked() {
        try (Command command = server("--repository", SHIPPED, "--port", "0", "--until-stdin-closes")) {
            address(command);
            command.closeInput();
            assertEquals(0, command.exit(END));
        }
    }

    @Test
    void listensOnTheLoopbackAddressOnly() {
        try (Command command = server("--repository", SHIPPED, "--port", "0")) {
            assertTrue(address(command).startsWith("127.0.0.1:"));
        }
    }

    @Test
    void aTakenPortIsSaidInALine() {
        try (InferenceServer here = InferenceServer.start(ServerOptions.local(Repositories.STUB))) {
            refused(
                    "inference server: cannot listen on " + here.address() + ": ",
                    "--repository",
                    SHIPPED,
                    "--port",
                    "" + here.port());
        }
    }

    @Test
    void aMissingOrBrokenRepositoryIsSaidInALine() throws IOException {
        Path none = folder.resolve("none");
        refused(
                "inference server: repository: expected a folder, found nothing at '" + none + "'",
                "--repository",
                none.toString());
        Path broken = Repositories.copyOfStub(folder.resolve("broken")).resolve("sampler-stub/config.pbtxt");
        Files.writeString(broken, "input {");
        refused(
                "inference server: " + broken + ": expected a model configuration, found ",
                "--repository",
                folder.resolve("broken").toString());
    }

    @Test
    void wrongOptionsAreSaidInALine() {
        refused("inference server: Missing required option: '--repository=DIR'");
        refused("inference server: Unknown option: '--no-such'", "--repository", SHIPPED, "--no-such");
        refused("inference server: Invalid value for option '--port'", "--repository", SHIPPED, "--port", "x");
        refused("inference server: port: expected 0 to 65535, found 70000", "--repository", SHIPPED, "--port", "70000");
        refused("inference server: threads: expected 1 to 1024, found 0", "--repository", SHIPPED, "--threads", "0");
        refused(
                "inference server: --max-message-mib: expected 1 to 1024, found 0",
                "--repository",
                SHIPPED,
                "--max-message-mib",
                "0");
        refused(
                "inference server: cannot listen on no.such.host.invalid:8001: ",
                "--repository",
                SHIPPED,
                "--host",
                "no.such.host.invalid");
    }

    @Test
    void helpListsTheOptions() {
        try (Command command = server("--help")) {
            assertEquals(0, command.exit(START));
            for (String option :
                    List.of("--repository", "--host", "--port", "--threads", "--queue", "--until-stdin-closes")) {
                assertTrue(command.out().contains(option), command.out());
            }
        }
    }

    private void refused(String message, String... arguments) {
        try (Command command = server(arguments)) {
            assertEquals(USAGE, command.exit(START));
            String last = command.err().lines().reduce("", (before, line) -> line);
            assertTrue(last.startsWith(message), command.err());
            assertFalse(command.err().contains("\tat "), command.err());
        }
    }

    private static String address(Command command) {
        String ready = "inference server ready on ";
        assertTrue(command.await(START, () -> command.out().contains(ready)), command::err);
        return command.out()
                .lines()
                .filter(line -> line.startsWith(ready))
                .findFirst()
                .orElseThrow()
                .substring(ready.length());
    }

    private static float[] draw(InferenceClient client, int number) {
        Sampler sampler = value(Sampler.connect(client, ModelRef.latest("sampler")));
        return value(sampler.sample(SampleRequests.of(sampler.model()).numbered(number)))
                .pixels();
    }

    private Command server(String... arguments) {
        Path target = Repositories.ROOT.resolve("inference/target");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar(target) + File.pathSeparator + target.resolve("lib") + "/*",
                InferenceServer.class.getName()));
        words.addAll(Arrays.asList(arguments));
        return Command.start(folder, words);
    }

    private static Path jar(Path target) {
        try (var files = Files.list(target)) {
            return files.filter(file ->
                            file.getFileName().toString().matches("synthray-inference-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
