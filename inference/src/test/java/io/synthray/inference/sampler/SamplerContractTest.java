/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.ModelDescription;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.client.TensorSpec;
import io.synthray.inference.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a model can break the contract. */
class SamplerContractTest {

    private static final String HASH = "0123456789abcdef".repeat(4);

    private final List<TensorSpec> inputs = new ArrayList<>(List.of(
            spec("noise", "FP32", -1, 4, 8, 6),
            spec("prompt", "BYTES", -1, 1),
            spec("negative_prompt", "BYTES", -1, 1),
            spec("mask", "UINT8", -1, 2, 64, 64),
            spec("guidance", "FP32", -1, 2)));
    private final List<TensorSpec> outputs = new ArrayList<>(List.of(spec("image", "FP32", -1, 1, 64, 64)));
    private final Map<String, String> parameters =
            new HashMap<>(Map.of("structures", "left-lung, heart", "steps", "20", "weights_sha256", HASH));

    @Test
    void readsAModelThatKeepsIt() {
        SamplerModel model = read();
        assertEquals(
                new SamplerModel(
                        new ModelRef("m", "3"),
                        4,
                        8,
                        6,
                        List.of("left-lung", "heart"),
                        64,
                        20,
                        HASH,
                        new SampleValues(Optional.empty())),
                model);
        assertEquals(192, model.noiseLength());
        assertEquals(2 * 64 * 64, model.maskLength());
        assertEquals(64 * 64, model.imageLength());
    }

    @Test
    void aModelOfOneSampleAndMoreOutputsIsASamplerToo() {
        inputs.replaceAll(tensor ->
                new TensorSpec(tensor.name(), tensor.datatype(), tensor.shape().withLeading(1)));
        outputs.add(spec("embedding", "FP64", -1, 9));
        assertEquals(64, read().side());
    }

    @ParameterizedTest
    @ValueSource(strings = {"noise", "prompt", "negative_prompt", "mask", "guidance"})
    void aMissingInputIsNamed(String name) {
        TensorSpec missing = inputs.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
        inputs.remove(missing);
        String others = String.join(
                ", ", inputs.stream().map(tensor -> "'" + tensor.name() + "'").toList());
        String sizes =
                Map.of("noise", "C,h,w", "mask", "K,H,W", "guidance", "2").getOrDefault(name, "1");
        refused("input '" + name + "': expected " + missing.datatype() + " [B," + sizes + "], found only " + others);
    }

    @Test
    void aMissingOutputIsNamed() {
        outputs.set(0, spec("picture", "FP32", -1, 1, 64, 64));
        refused("output 'image': expected FP32 [B,1,H,W], found only 'picture'");
    }

    @Test
    void aFurtherInputIsNamed() {
        inputs.add(spec("seed", "INT64", -1, 1));
        refused("inputs: expected no others than [guidance, mask, negative_prompt, noise, prompt], found 'seed'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "noise | FP16 | -1,4,8,6 | input 'noise': expected FP32 [B,C,h,w], found FP16 [-1,4,8,6]",
                "noise | FP32 | -1,4,8 | input 'noise': expected FP32 [B,C,h,w], found FP32 [-1,4,8]",
                "noise | FP32 | 2,4,8,6 | input 'noise': expected FP32 [B,C,h,w], found FP32 [2,4,8,6]",
                "noise | FP32 | -1,4,-1,6 | input 'noise': expected FP32 [B,C,h,w], found FP32 [-1,4,-1,6]",
                "noise | FP32 | -1,0,8,6 | input 'noise': expected FP32 [B,C,h,w], found FP32 [-1,0,8,6]",
                "prompt | INT64 | -1,1 | input 'prompt': expected BYTES [B,1], found INT64 [-1,1]",
                "prompt | BYTES | -1 | input 'prompt': expected BYTES [B,1], found BYTES [-1]",
                "prompt | BYTES | -1,2 | tensor 'prompt': expected [B,1], here 1 as size 2, found [-1,2]",
                "negative_prompt | FP32 | -1,1 | input 'negative_prompt': expected BYTES [B,1], found FP32 [-1,1]",
                "negative_prompt | BYTES | -1,3 | tensor 'negative_prompt': expected [B,1], here 1 as size 2, found [-1,3]",
                "mask | FP32 | -1,2,64,64 | input 'mask': expected UINT8 [B,K,H,W], found FP32 [-1,2,64,64]",
                "mask | UINT8 | -1,2,64 | input 'mask': expected UINT8 [B,K,H,W], found UINT8 [-1,2,64]",
                "mask | UINT8 | -1,2,32,64 | tensor 'mask': expected [B,K,H,W] with H of the image, here 64 as size 3, found [-1,2,32,64]",
                "mask | UINT8 | -1,2,64,32 | tensor 'mask': expected [B,K,H,W] with W of the image, here 64 as size 4, found [-1,2,64,32]",
                "guidance | FP64 | -1,2 | input 'guidance': expected FP32 [B,2], found FP64 [-1,2]",
                "guidance | FP32 | -1,3 | tensor 'guidance': expected [B,2], here 2 as size 2, found [-1,3]",
                "guidance | FP32 | -1,-1 | input 'guidance': expected FP32 [B,2], found FP32 [-1,-1]"
            })
    void anUnsuitableInputIsNamed(String name, String datatype, String sizes, String message) {
        inputs.replaceAll(tensor -> tensor.name().equals(name) ? spec(name, datatype, dims(sizes)) : tensor);
        refused(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UINT8 | -1,1,64,64 | output 'image': expected FP32 [B,1,H,W], found UINT8 [-1,1,64,64]",
                "FP32 | -1,64,64 | output 'image': expected FP32 [B,1,H,W], found FP32 [-1,64,64]",
                "FP32 | -1,3,64,64 | tensor 'image': expected [B,1,H,W], here 1 as size 2, found [-1,3,64,64]",
                "FP32 | -1,1,64,48 | tensor 'image': expected [B,1,H,W] with H = W, here 64 as size 4, found [-1,1,64,48]",
                "FP32 | -1,1,999999,999999 | output 'image': expected FP32 [B,1,H,W], found FP32 [-1,1,999999,999999]"
            })
    void anUnsuitableOutputIsNamed(String datatype, String sizes, String message) {
        outputs.set(0, spec("image", datatype, dims(sizes)));
        refused(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "structures | heart | parameter 'structures': expected 2 different names, found 'heart'",
                "structures | heart,heart | parameter 'structures': expected 2 different names, found 'heart,heart'",
                "structures | heart, | parameter 'structures': expected 2 different names, found 'heart,'",
                "steps | 0 | parameter 'steps': expected a whole number from 1 to 1000, found '0'",
                "steps | 2.5 | parameter 'steps': expected a whole number from 1 to 1000, found '2.5'",
                "steps | 9999999 | parameter 'steps': expected a whole number from 1 to 1000, found '9999999'",
                "weights_sha256 | abc | parameter 'weights_sha256': expected 64 lower-case hexadecimal digits, found 'abc'"
            })
    void anUnsuitableParameterIsNamed(String name, String value, String message) {
        parameters.put(name, value);
        refused(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "structures | parameter 'structures': expected the names of the 2 mask planes, comma separated, found none",
                "steps | parameter 'steps': expected a whole number from 1 to 1000, found none",
                "weights_sha256 | parameter 'weights_sha256': expected 64 lower-case hexadecimal digits, found none"
            })
    void aMissingParameterIsNamed(String name, String message) {
        parameters.remove(name);
        refused(message);
    }

    private SamplerModel read() {
        return SamplerModel.of(
                new ModelDescription("host:1", new ModelRef("m", "3"), "onnx", 8, inputs, outputs, parameters));
    }

    private void refused(String message) {
        assertEquals(
                "model m/3 at host:1 is no sampler: " + message,
                assertThrows(InferenceRejectedException.class, this::read).getMessage());
    }

    private static long[] dims(String sizes) {
        return Stream.of(sizes.split(",", -1)).mapToLong(Long::parseLong).toArray();
    }

    private static TensorSpec spec(String name, String datatype, long... dims) {
        return new TensorSpec(name, datatype, Shape.of(dims));
    }
}
