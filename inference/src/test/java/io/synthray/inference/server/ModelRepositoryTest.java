/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import static io.synthray.inference.fixture.Failures.failure;
import static io.synthray.inference.fixture.Failures.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.inference.client.GrpcInferenceClient;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.fixture.Repositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loading of a real model whose files are damaged by hand; the fuzz test damages them by chance. */
class ModelRepositoryTest {

    @TempDir
    Path folder;

    private Path config;
    private Path graph;

    @BeforeEach
    void copy() {
        Repositories.copyOfStub(folder);
        config = folder.resolve("sampler-stub/config.pbtxt");
        graph = folder.resolve("sampler-stub/1/model.onnx");
    }

    @Test
    void loadsTheShippedRepository() {
        try (ModelRepository models = ModelRepository.load(Repositories.SHIPPED)) {
            OnnxModel sampler = models.find("sampler", "").orElseThrow();
            assertEquals("1", sampler.version());
            assertEquals(64, sampler.maxBatchSize());
            assertEquals(
                    sampler.weightsSha256(),
                    sampler.config().getParametersOrThrow("weights_sha256").getStringValue());
            assertTrue(models.find("sampler", "2").isEmpty());
            assertTrue(models.find("other", "").isEmpty());
        }
    }

    @Test
    void servesTheHighestVersionUnlessThePolicySaysOtherwise() throws IOException {
        for (String version : new String[] {"2", "10", "latest", "03"}) {
            Path copy = Files.createDirectories(folder.resolve("sampler-stub").resolve(version));
            Files.copy(graph, copy.resolve("model.onnx"));
        }
        assertEquals("[10]", served());
        append("version_policy { all {} }");
        assertEquals("[1, 2, 10]", served());
        restore("version_policy { latest { num_versions: 2 } }");
        assertEquals("[2, 10]", served());
        restore("version_policy { specific { versions: [ 1, 7 ] } }");
        assertEquals("[1]", served());
    }

    @Test
    void reportsTheHashOfTheWeightsThatWereLoaded() throws IOException {
        forgetHash();
        assertEquals(Repositories.sha256(graph), reportedWeights());
    }

    @Test
    void otherWeightsThanTheConfigurationNamesAreRefused() throws IOException {
        String text = Files.readString(config);
        Files.writeString(
                config, text.replaceFirst("(weights_sha256[^\"]*\"[^\"]*\")[0-9a-f]{64}", "$1" + "0".repeat(64)));
        refused(
                graph + ": expected weights of SHA-256 " + "0".repeat(64) + ", found " + Repositories.sha256(graph),
                folder);
        append("parameters { key: \"weights_sha256.1\" value: { string_value: \"" + Repositories.sha256(graph)
                + "\" } }");
        assertEquals(Repositories.sha256(graph), reportedWeights());
    }

    private String reportedWeights() {
        try (ModelRepository models = ModelRepository.load(folder)) {
            return models.find("sampler-stub", "1")
                    .orElseThrow()
                    .config()
                    .getParametersOrThrow("weights_sha256")
                    .getStringValue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(\"steps\".*)\"\\d+\" | $1\"500\" | parameter steps: expected SHIPPED as the graph's solver has, found '500'",
                "(\"steps\".*)\"\\d+\" | $1\"0\" | parameter steps: expected a whole number from 1 to 1000, found '0'",
                "(?m)^.*\"steps\".*$ | '' | parameter steps: expected a whole number from 1 to 1000, found ''",
                "(?m)^.*\"vocabulary\".*$ | '' | parameter vocabulary: expected the words of the graph's LabelEncoder, found none",
                "frontal chest | frontal zebra chest | parameter vocabulary: expected the words of the graph's LabelEncoder,"
                        + " found a difference at 'zebra'",
                "frontal chest | frontal | parameter vocabulary: expected the words of the graph's LabelEncoder,"
                        + " found a difference at 'chest'"
            })
    void aConfigurationOfOtherStepsOrWordsThanTheGraphsIsRefused(String found, String replaced, String message)
            throws IOException {
        Path shipped = copyOf("sampler", "sampler");
        Path settings = shipped.resolve("config.pbtxt");
        String text = Files.readString(settings);
        Files.writeString(settings, text.replaceFirst(found, replaced));
        assertNotEquals(text, Files.readString(settings));
        String steps = text.replaceFirst("(?s).*\"steps\" value: \\{ string_value: \"(\\d+)\".*", "$1");
        leftOut("sampler", shipped.resolve("1/model.onnx") + ": " + message.replace("SHIPPED", steps));
    }

    @ParameterizedTest
    @CsvSource({"side, 518", "channels, 3", "mean, 0.5", "std, 0.25", "pooling, first", "factor, 0.5", "input, pixels"})
    void anEmbedderThatNeedsMoreThanItsGraphIsLeftOut(String parameter, String value) throws IOException {
        Path shipped = copyOf("embedder", "embedder");
        Path settings = shipped.resolve("config.pbtxt");
        String text = Files.readString(settings);
        Files.writeString(
                settings,
                text + "parameters { key: \"%s\" value: { string_value: \"%s\" } }".formatted(parameter, value));
        leftOut(
                "embedder",
                shipped.resolve("1/model.onnx") + ": parameter " + parameter + ": expected '"
                        + Map.of("channels", "1", "std", "1", "factor", "1", "pooling", "none", "input", "image")
                                .getOrDefault(parameter, "0")
                        + "' or none, as this server runs an embedder's graph alone, found '" + value + "'");
    }

    /** As a vision transformer's: other names, and tokens instead of a vector. */
    @Test
    void anEmbedderOfAnotherGraphIsLeftOut() throws IOException {
        Path shipped = copyOf("embedder", "embedder");
        Files.delete(shipped.resolve("1/model.onnx"));
        Files.copy(graph, shipped.resolve("1/model.onnx"));
        Path settings = shipped.resolve("config.pbtxt");
        Files.writeString(settings, Files.readString(settings).replaceFirst("(?m)^.*weights_sha256.*$", ""));
        leftOut(
                "embedder",
                shipped.resolve("1/model.onnx") + ": input 'image': expected FP32 [-1,1,-1,-1], found only [");
    }

    /** Without its second version, clients that name none would get images of the first. */
    @Test
    void aModelWithABrokenVersionIsLeftOutWhole() throws IOException {
        Path shipped = copyOf("sampler", "sampler");
        Path second = Files.createDirectories(shipped.resolve("2")).resolve("model.onnx");
        Files.write(second, new byte[] {1});
        leftOut("sampler", second + ": expected weights of SHA-256 ");
    }

    @Test
    void whoAsksForABrokenModelIsToldWhy() throws IOException {
        Path shipped = copyOf("sampler", "sampler");
        Files.writeString(shipped.resolve("1/model.onnx"), "<html>not found</html>");
        try (InferenceServer server = InferenceServer.start(ServerOptions.local(folder));
                InferenceClient client = new GrpcInferenceClient(InferenceClientConfig.of(server.address()))) {
            assertTrue(value(client.isModelReady(ModelRef.latest("sampler-stub"))));
            assertFalse(value(client.isModelReady(ModelRef.latest("sampler"))));
            String message = failure(InferenceRejectedException.class, client.describe(ModelRef.latest("sampler")))
                    .getMessage();
            assertTrue(
                    message.contains("NOT_FOUND: model 'sampler' is not served: " + shipped.resolve("1/model.onnx")
                            + ": expected weights of SHA-256 "),
                    message);
        }
    }

    /** The others are served, and the reason is kept. */
    private void leftOut(String model, String reason) {
        try (ModelRepository models = ModelRepository.load(folder)) {
            assertTrue(models.find("sampler-stub", "").isPresent());
            assertTrue(models.find(model, "").isEmpty());
            String found = models.refusal(model).orElseThrow();
            assertTrue(found.startsWith(reason), found);
        }
    }

    private Path copyOf(String shipped, String name) throws IOException {
        Path source = Repositories.SHIPPED.resolve(shipped);
        Path copy = folder.resolve(name);
        Files.createDirectories(copy.resolve("1"));
        Files.copy(source.resolve("config.pbtxt"), copy.resolve("config.pbtxt"));
        Files.copy(source.resolve("1/model.onnx"), copy.resolve("1/model.onnx"));
        return copy;
    }

    @Test
    void whatIsNoModelIsLeftOut() throws IOException {
        Files.createDirectories(folder.resolve("no-config/1"));
        Files.writeString(folder.resolve("README.md"), "not a model");
        Path empty = Files.createDirectories(folder.resolve("no-version"));
        Files.writeString(
                empty.resolve("config.pbtxt"), Files.readString(config).replace("sampler-stub", "no-version"));
        try (ModelRepository models = ModelRepository.load(folder)) {
            assertTrue(models.find("no-version", "").isEmpty());
            assertTrue(models.find("sampler-stub", "").isPresent());
        }
    }

    @Test
    void anEmptyOrMissingRepositoryIsRefused(@TempDir Path empty) {
        refused(
                "repository: expected <model>/config.pbtxt and <model>/<version>/model.onnx in '" + empty
                        + "', found no such model",
                empty);
        refused("repository: expected a folder, found nothing at '" + empty.resolve("x") + "'", empty.resolve("x"));
        refused("repository: expected a folder, found nothing at '" + config + "'", config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "name: \"sampler-stub\" | name: \"other\" | name: expected the folder's name 'sampler-stub', found 'other'",
                "max_batch_size: 64 | max_batch_size: -1 | max_batch_size: expected 0 or more, found -1",
                "name: \"prompt\" | name: \"noise\" | input: expected different names, found 'noise' again",
                "name: \"prompt\" | name: \"\" | input: expected different names, found '' again",
                "TYPE_UINT8 | TYPE_FP64 | tensor 'mask': data_type: expected FP32, UINT8, INT32, INT64 or STRING, found TYPE_FP64",
                "dims: [ 5, 64, 64 ] | dims: [ 5, -2, 64 ] | tensor 'mask': dims: expected sizes of 0 or more, found shape [-1,5,-2,64]"
            })
    void settingsThatMakeNoSenseAreNamed(String found, String replaced, String message) throws IOException {
        String text = Files.readString(config);
        assertTrue(text.contains(found));
        Files.writeString(config, text.replace(found, replaced));
        refused(config + ": " + message, folder);
    }

    @Test
    void aConfigurationWithoutTensorsIsRefused() throws IOException {
        Files.writeString(config, "max_batch_size: 8");
        refused(config + ": input: expected at least one, found none", folder);
    }

    @Test
    void aConfigurationThatIsNoTextIsRefused() throws IOException {
        Files.write(config, new byte[] {'n', (byte) 0xff, (byte) 0xfe});
        refused(config + ": expected a model configuration, found bytes that are not UTF-8", folder);
    }

    @Test
    void aConfigurationOfAnotherGraphIsRefused() throws IOException {
        String text = Files.readString(config);
        Files.writeString(config, text.replace("dims: [ 5, 64, 64 ]", "dims: [ 4, 64, 64 ]"));
        refusedAs(graph + ": input 'mask': expected UINT8 [-1,4,64,64], found ", folder);
        Files.writeString(config, text.replace("name: \"image\"", "name: \"picture\""));
        refusedAs(graph + ": output 'picture': expected FP32 [-1,1,64,64], found only [image]", folder);
        Files.writeString(config, text.replace("{ name: \"prompt\" data_type: TYPE_STRING dims: [ 1 ] },", ""));
        refusedAs(graph + ": input 'prompt': expected in the configuration, found in the graph only", folder);
    }

    @Test
    void aGraphThatIsNoneIsRefused() throws IOException {
        forgetHash();
        byte[] whole = Files.readAllBytes(graph);
        Files.write(graph, new byte[0]);
        refusedAs(graph + ": expected an ONNX graph, found ", folder);
        Files.writeString(graph, "<html>not found</html>");
        refusedAs(graph + ": expected an ONNX graph, found ", folder);
        Files.write(graph, Arrays.copyOf(whole, whole.length / 2));
        refusedAs(graph + ": expected an ONNX graph, found ", folder);
    }

    private void forgetHash() throws IOException {
        Files.writeString(config, Files.readString(config).replaceFirst("(?m)^.*weights_sha256.*$", ""));
    }

    private String served() {
        try (ModelRepository models = ModelRepository.load(folder)) {
            return models.versions("sampler-stub").stream()
                    .map(OnnxModel::version)
                    .toList()
                    .toString();
        }
    }

    private void append(String line) throws IOException {
        Files.writeString(config, Files.readString(config) + "\n" + line + "\n");
    }

    private void restore(String line) throws IOException {
        Files.copy(Repositories.STUB.resolve("sampler-stub/config.pbtxt"), config, StandardCopyOption.REPLACE_EXISTING);
        append(line);
    }

    private static void refused(String message, Path repository) {
        assertEquals(
                message,
                assertThrows(StartupException.class, () -> ModelRepository.load(repository)
                                .close())
                        .getMessage());
    }

    private static void refusedAs(String beginning, Path repository) {
        String message = assertThrows(StartupException.class, () -> ModelRepository.load(repository)
                        .close())
                .getMessage();
        assertTrue(message.startsWith(beginning), message);
        assertFalse(message.contains("\n"), message);
    }
}
