/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

import static io.synthray.inference.fixture.Failures.failure;
import static io.synthray.inference.fixture.Failures.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.inference.client.GrpcInferenceClient;
import io.synthray.inference.client.Inference;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.ModelDescription;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.fixture.Repositories;
import io.synthray.inference.fixture.SampleRequests;
import io.synthray.inference.tensor.ByteTensor;
import io.synthray.inference.tensor.FloatTensor;
import io.synthray.inference.tensor.LongTensor;
import io.synthray.inference.tensor.Shape;
import io.synthray.inference.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What must hold for the shipped sampler through the client, whichever server draws. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShippedSamplerContract {

    /** Networks of another batch or prompt length add in another order. */
    private static final float ROUNDING = 1e-4f;

    private static final int SEEDS = 2;

    private InferenceClient client;
    private Sampler sampler;
    private SampleRequests requests;

    /** Starts the server, and says where it is. */
    abstract String start() throws Exception;

    abstract void stop() throws Exception;

    @BeforeAll
    void connect() throws Exception {
        client = new GrpcInferenceClient(InferenceClientConfig.of(start()));
        sampler = value(Sampler.connect(client, ModelRef.latest("sampler")));
        requests = SampleRequests.of(sampler.model());
    }

    @AfterAll
    void close() throws Exception {
        if (client != null) {
            client.close();
        }
        stop();
    }

    /** Whatever a test has sent: the server goes on. */
    @AfterEach
    void drawsStill() {
        assertEquals(requests.pixels(), draw(request(0, "", "", requests.free(), 1, 1)).length);
    }

    final InferenceClient client() {
        return client;
    }

    final SampleRequests requests() {
        return requests;
    }

    final float[] draw(SampleRequest request) {
        return value(sampler.sample(request)).pixels();
    }

    @Test
    void serverAndModelAreReady() {
        assertTrue(value(client.isLive()));
        assertTrue(value(client.isReady()));
        assertTrue(value(client.isModelReady(ModelRef.latest("sampler"))));
        assertTrue(value(client.isModelReady(new ModelRef("sampler", "1"))));
        assertFalse(value(client.isModelReady(new ModelRef("sampler", "9"))));
        assertFalse(value(client.isModelReady(ModelRef.latest("other"))));
        assertTrue(value(client.identity()).matches("(synthray|triton) .+"));
    }

    @Test
    void theModelIsTheOneInTheRepository() {
        String hash = Repositories.sha256(Repositories.SHIPPED.resolve("sampler/1/model.onnx"));
        SamplerModel model = sampler.model();
        assertEquals(new ModelRef("sampler", "1"), model.ref());
        assertEquals(hash, model.weightsSha256());
        assertEquals(
                List.of("left-lung", "right-lung", "heart", "left-clavicle", "right-clavicle"),
                model.structures().subList(0, 5));
        assertTrue(model.values().vocabulary().orElseThrow().words().contains("radiograph"));
        SampledImage image = value(sampler.sample(requests.numbered(1)));
        assertEquals(new ModelRef("sampler", "1"), image.model());
        assertEquals(hash, image.weightsSha256());
    }

    /** The server's word with the answer, not the client's of what it has once looked up. */
    @Test
    void everyAnswerNamesTheWeights() {
        ModelDescription description = value(client.describe(ModelRef.latest("sampler")));
        Inference answer = value(client.infer(
                description.model(),
                requests.tensors(requests.numbered(1), requests.numbered(2)),
                description.asking("image")));
        assertEquals(
                Optional.of(Repositories.sha256(Repositories.SHIPPED.resolve("sampler/1/model.onnx"))),
                answer.weightsSha256());
    }

    @Test
    void theSameRequestGivesTheSameBytes() {
        assertArrayEquals(draw(requests.numbered(5)), draw(requests.numbered(5)));
        assertFalse(Arrays.equals(draw(requests.numbered(5)), draw(requests.numbered(6))));
    }

    @Test
    void aBatchOfEightIsEightSamples() {
        SampleRequest[] eight = new SampleRequest[8];
        Arrays.setAll(eight, requests::numbered);
        FloatTensor batch =
                (FloatTensor) value(client.infer(sampler.model().ref(), requests.tensors(eight), List.of("image")))
                        .outputs()
                        .get("image");
        assertEquals(Shape.of(8, 1, requests.side(), requests.side()), batch.shape());
        for (int i = 0; i < eight.length; i++) {
            assertArrayEquals(draw(eight[i]), batch.sample(i).values(), "sample " + i);
        }
    }

    @Test
    void manyAtOnceGetTheirOwnImages() {
        List<CompletableFuture<SampledImage>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            calls.add(sampler.sample(requests.numbered(i)));
        }
        for (int i = 0; i < calls.size(); i++) {
            assertArrayEquals(draw(requests.numbered(i)), value(calls.get(i)).pixels(), "request " + i);
        }
    }

    @Test
    void aMaskChangesTheImageWhereItSays() {
        byte[] high = requests.lungs(-4);
        byte[] low = requests.lungs(6);
        double onlyHigh = 0;
        double onlyLow = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            float[] a = draw(request(seed, "frontal chest radiograph no finding", "", high, 1, 1));
            float[] b = draw(request(seed, "frontal chest radiograph no finding", "", low, 1, 1));
            onlyHigh += meanDifference(a, b, high, low) / SEEDS;
            onlyLow += meanDifference(a, b, low, high) / SEEDS;
        }
        // Air is dark: where only the first mask has lung, the first image is the darker one.
        assertTrue(onlyHigh < -0.05, "where only the first mask has lung: " + onlyHigh);
        assertTrue(onlyLow > 0.05, "where only the second mask has lung: " + onlyLow);
    }

    @Test
    void withoutMaskGuidanceTheMaskHasNoSay() {
        assertEqualWithin(
                ROUNDING,
                draw(request(1, "", "", requests.lungs(-4), 0, 0)),
                draw(request(1, "", "", requests.lungs(6), 0, 0)));
        assertTrue(distance(
                        draw(request(1, "", "", requests.lungs(-4), 1, 1)),
                        draw(request(1, "", "", requests.free(), 1, 1)))
                > 0.01);
    }

    @Test
    void aPromptChangesTheImage() {
        byte[] mask = requests.lungs(0);
        float[] normal = draw(request(2, "frontal chest radiograph no finding", "", mask, 2, 1));
        assertTrue(distance(normal, draw(request(2, "frontal chest radiograph edema", "", mask, 2, 1))) > 0.01);
        assertTrue(distance(
                        draw(request(2, "left pleural effusion", "", mask, 2, 1)),
                        draw(request(2, "right pleural effusion", "", mask, 2, 1)))
                > 0.01);
    }

    @Test
    void caseAndPunctuationDoNotMatter() {
        byte[] mask = requests.lungs(0);
        assertEqualWithin(
                ROUNDING,
                draw(request(3, "left pneumothorax edema", "", mask, 2, 1)),
                draw(request(3, "  Left PNEUMOTHORAX,   edema. ", "", mask, 2, 1)));
    }

    @Test
    void textGuidanceScalesWhatThePromptDoes() {
        byte[] mask = requests.lungs(0);
        String prompt = "frontal chest radiograph left pleural effusion";
        double weak = 0;
        double strong = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            float[] without = draw(request(seed, prompt, "", mask, 0, 1));
            assertEqualWithin(ROUNDING, without, draw(request(seed, "cardiomegaly", "", mask, 0, 1)));
            weak += distance(without, draw(request(seed, prompt, "", mask, 1, 1)));
            strong += distance(without, draw(request(seed, prompt, "", mask, 4, 1)));
        }
        assertTrue(strong > 1.3 * weak && weak > 0, strong + " against " + weak);
    }

    @Test
    void aNegativePromptCounts() {
        byte[] mask = requests.lungs(0);
        assertTrue(distance(
                        draw(request(4, "edema", "", mask, 3, 1)),
                        draw(request(4, "edema", "cardiomegaly", mask, 3, 1)))
                > 0.001);
    }

    @Test
    void unsuitableRequestsAreRejectedByName() {
        int noise = requests.noiseLength();
        rejected("noise", tensors -> tensors.put("noise", new FloatTensor(Shape.of(1, 1, 3, 5), new float[15])));
        rejected("noise", tensors -> tensors.put("noise", new LongTensor(Shape.of(1, noise), new long[noise])));
        rejected("guidance", tensors -> tensors.put("guidance", new FloatTensor(Shape.of(1, 3), new float[3])));
        rejected("mask", tensors -> tensors.put("mask", new ByteTensor(Shape.of(1, 5, 8, 8), new byte[320])));
        rejected("seed", tensors -> tensors.put("seed", new LongTensor(Shape.of(1, 1), new long[1])));
        rejected("", tensors -> tensors.remove("mask"));
        Map<String, Tensor> tensors = requests.tensors(requests.numbered(1));
        failure(InferenceRejectedException.class, client.infer(ModelRef.latest("other"), tensors, List.of()));
        failure(InferenceRejectedException.class, client.infer(new ModelRef("sampler", "9"), tensors, List.of()));
        failure(InferenceRejectedException.class, client.describe(ModelRef.latest("other")));
    }

    /** The client refuses them as well, but whoever does not use ours must not get an image of something else either. */
    @Test
    void valuesThatCannotBeMeantAreRefusedByTheModelToo() {
        byte[] mask = requests.lungs(0);
        byte[] grey = mask.clone();
        grey[3] = 2;
        float[] broken = requests.noise(1);
        broken[3] = Float.NaN;
        refused("noise", "expected finite numbers, found nan", new SampleRequest(broken, "", "", mask, 1, 1));
        refused("mask", "expected 0, 1 or 255, found 2", request(1, "", "", grey, 1, 1));
        byte[] half = mask.clone();
        half[half.length - 3] = 1;
        refused(
                "mask",
                "expected 255 throughout a plane or nowhere in it, found both in plane 4",
                request(1, "", "", half, 1, 1));
        refused("guidance", "expected finite numbers, found nan", request(1, "", "", mask, Float.NaN, 1));
        refused("guidance", "expected finite numbers, found inf", request(1, "", "", mask, 1, Float.POSITIVE_INFINITY));
        refused("guidance", "expected 0 to 50, found -1", request(1, "", "", mask, 1, -1));
        refused("guidance", "expected 0 to 50, found 51", request(1, "", "", mask, 51, 1));
        String unknown = "expected words that the model knows, found ";
        refused("prompt", unknown + "'zebra'", request(1, "left zebra edema", "", mask, 1, 1));
        refused("prompt", unknown + "'edema,,'", request(1, "Edema,,", "", mask, 1, 1));
        refused("prompt", unknown + "'left\tright'", request(1, "left\tright", "", mask, 1, 1));
        refused("negative_prompt", unknown + "'\u00e9'", request(1, "edema", "\u00e9", mask, 1, 1));
    }

    private void refused(String tensor, String reason, SampleRequest request) {
        String model = failure(
                        InferenceRejectedException.class,
                        client.infer(sampler.model().ref(), requests.tensors(request), List.of("image")))
                .getMessage();
        String worker = failure(InferenceRejectedException.class, sampler.sample(request))
                .getMessage();
        assertTrue(model.contains("INVALID_ARGUMENT"), model);
        for (String message : List.of(model, worker)) {
            assertTrue(message.contains(tensor), message);
            assertTrue(message.toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT)), message);
        }
    }

    private void rejected(String tensor, Consumer<Map<String, Tensor>> change) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(requests.tensors(requests.numbered(1)));
        change.accept(tensors);
        String message = failure(
                        InferenceRejectedException.class,
                        client.infer(sampler.model().ref(), tensors, List.of("image")))
                .getMessage();
        assertTrue(message.contains(tensor) && message.contains("INVALID_ARGUMENT"), message);
    }

    final SampleRequest request(
            long seed, String prompt, String negative, byte[] mask, float textGuidance, float maskGuidance) {
        return new SampleRequest(requests.noise(seed), prompt, negative, mask, textGuidance, maskGuidance);
    }

    /** The first image less the second, over the pixels that are lung in one mask and not in the other. */
    private static double meanDifference(float[] a, float[] b, byte[] in, byte[] notIn) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < 2 * a.length; i++) {
            if (in[i] == 1 && notIn[i] == 0) {
                sum += a[i % a.length] - b[i % a.length];
                count++;
            }
        }
        return sum / count;
    }

    /** Root mean square of the difference. */
    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
        }
        return Math.sqrt(sum / a.length);
    }

    private static void assertEqualWithin(float tolerance, float[] expected, float[] found) {
        assertArrayEquals(expected, found, tolerance);
    }
}
