/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

import static io.synthray.inference.fixture.Failures.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synthray.inference.client.GrpcInferenceClient;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.fixture.Command;
import io.synthray.inference.fixture.Repositories;
import io.synthray.inference.fixture.SampleRequests;
import io.synthray.inference.server.InferenceServer;
import io.synthray.inference.server.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The client and the shipped model repository with NVIDIA's own Triton server, and its images beside the embedded server's.
 * The first start downloads 89 MB.
 */
class TritonIT extends ShippedSamplerContract {

    private static final int NO_PYTHON = 3;
    private static final Duration FIRST_START = Duration.ofMinutes(5);
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration END = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private Command triton;

    @Override
    String start() {
        int port = Command.freePort();
        triton = serve(port);
        boolean ready = triton.await(FIRST_START, () -> isReady(port));
        assumeTrue(ready || triton.exit(END) != NO_PYTHON, () -> "Triton left out: " + triton.err());
        assertTrue(ready, () -> "triton/serve ended: " + triton.err());
        return "127.0.0.1:" + port;
    }

    @Override
    void stop() {
        if (triton != null) {
            triton.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"sampler, 8, left pleural effusion", "radiograph-128, 3, ap pediatric pneumonia"})
    void imagesAreTheEmbeddedServers(String model, int images, String prompt) {
        try (InferenceServer server = InferenceServer.start(ServerOptions.local(Repositories.SHIPPED));
                InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of(server.address()))) {
            Sampler embedded = value(Sampler.connect(client, ModelRef.latest(model)));
            Sampler real = value(Sampler.connect(client(), ModelRef.latest(model)));
            SampleRequests requests = SampleRequests.of(real.model());
            for (int i = 0; i < images; i++) {
                SampleRequest request = requests.numbered(i, prompt);
                // Both execute one sample at a time with the same ONNX Runtime.
                SampledImage expected = value(embedded.sample(request));
                SampledImage found = value(real.sample(request));
                assertArrayEquals(expected.pixels(), found.pixels(), "request " + i);
                assertEquals(expected.weightsSha256(), found.weightsSha256());
            }
        }
    }

    @Test
    void nothingIsLeftWhenItsStarterGoes() {
        int port = Command.freePort();
        try (Command leashed = serve(port)) {
            assertTrue(leashed.await(START, () -> isReady(port)), leashed::err);
            List<ProcessHandle> children = leashed.handle().descendants().toList();
            assertTrue(children.size() >= 2, children.toString());
            leashed.closeInput();
            assertEquals(0, leashed.exit(END));
            assertGone(children);
        }
    }

    @Test
    void nothingIsLeftWhenItIsKilled() {
        int port = Command.freePort();
        try (Command killed = serve(port)) {
            assertTrue(killed.await(START, () -> isReady(port)), killed::err);
            List<ProcessHandle> children = killed.handle().descendants().toList();
            killed.kill();
            assertGone(children);
            assertFalse(isReady(port));
        }
    }

    @Test
    void wrongCallsAreRefusedInALine() {
        refused("serve: GRPC_PORT: expected 1 to 65535, found 'x'", "x");
        refused("serve: GRPC_PORT: expected 1 to 65535, found '65536'", "65536");
        refused("serve: MODEL_REPOSITORY: expected a folder, found none at '/no/such'", "8001", "/no/such");
        refused("usage: ");
    }

    private static void refused(String message, String... arguments) {
        List<String> words = new ArrayList<>(List.of(script()));
        words.addAll(List.of(arguments));
        try (Command command = Command.start(folder, words)) {
            assertEquals(2, command.exit(END));
            assertTrue(command.err().startsWith(message), command.err());
            assertEquals(1, command.err().lines().count());
        }
    }

    private static void assertGone(List<ProcessHandle> processes) {
        for (ProcessHandle process : processes) {
            process.onExit().orTimeout(END.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    private static Command serve(int port) {
        return Command.start(folder, List.of(script(), "--until-stdin-closes", String.valueOf(port)));
    }

    private static String script() {
        return Repositories.ROOT.resolve("triton/serve").toString();
    }

    private static boolean isReady(int port) {
        try (InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of("127.0.0.1:" + port))) {
            return value(client.isModelReady(ModelRef.latest("sampler")));
        }
    }
}
