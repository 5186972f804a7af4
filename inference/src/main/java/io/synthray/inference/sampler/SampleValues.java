/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

import io.synthray.inference.client.ModelDescription;
import io.synthray.inference.tensor.ByteTensor;
import io.synthray.inference.tensor.FloatTensor;
import io.synthray.inference.tensor.MalformedTensorException;
import io.synthray.inference.tensor.StringTensor;
import io.synthray.inference.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What the values of a sampler's inputs have to be, for whoever sends them and whoever draws from them: a sampler makes an
 * image of whatever it gets, so that what cannot be meant is refused before.
 *
 * @param vocabulary words that prompts may use; without one any text will do
 */
public record SampleValues(Optional<Vocabulary> vocabulary) {

    /** The largest guidance scale, of text and of mask; the least is 0. */
    public static final float MOST_GUIDANCE = 50;

    private static final int MASK_RANK = 4;

    /** The inputs of a sampler. */
    public static final Set<String> INPUTS = Set.of(
            SamplerContract.NOISE,
            SamplerContract.PROMPT,
            SamplerContract.NEGATIVE_PROMPT,
            SamplerContract.MASK,
            SamplerContract.GUIDANCE);

    /** The rules of one model. */
    public static SampleValues of(ModelDescription model) {
        return new SampleValues(model.parameter(SamplerContract.VOCABULARY).map(Vocabulary::parse));
    }

    /**
     * Checks the values of one input, whose type and shape are right.
     *
     * @throws MalformedTensorException saying what was expected and what was found; the caller names the tensor
     */
    public void require(String input, Tensor tensor) {
        if (tensor instanceof StringTensor texts) {
            texts.values().forEach(this::requireText);
        } else if (tensor instanceof ByteTensor bytes && input.equals(SamplerContract.MASK)) {
            requireMask(bytes);
        } else if (tensor instanceof FloatTensor numbers) {
            requireFinite(numbers.values());
            if (input.equals(SamplerContract.GUIDANCE)) {
                requireGuidance(numbers.values());
            }
        }
    }

    private void requireText(String text) {
        vocabulary.flatMap(known -> known.unknownIn(text)).ifPresent(word -> {
            throw new MalformedTensorException("expected words that the model knows, found '" + word + "'");
        });
    }

    private static void requireFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new MalformedTensorException("expected finite numbers, found " + value);
            }
        }
    }

    private static void requireMask(ByteTensor mask) {
        if (mask.shape().rank() != MASK_RANK) {
            throw new MalformedTensorException("expected [B,K,H,W], found " + mask.shape());
        }
        byte[] values = mask.values();
        int planes = (int) mask.shape().dim(1);
        int length = (int) (mask.shape().dim(2) * mask.shape().dim(3));
        for (int start = 0; start < values.length; start += length) {
            requirePlane(values, start, length, start / length % planes);
        }
    }

    /** Half a structure cannot be left open. */
    private static void requirePlane(byte[] values, int start, int length, int plane) {
        boolean isOpen = values[start] == SampleRequest.UNSPECIFIED;
        int end = start + length;
        // Most planes are open, and bytes are compared with those one place further many at a time.
        if (isOpen && Arrays.mismatch(values, start, end - 1, values, start + 1, end) < 0) {
            return;
        }
        for (int i = start; i < end; i++) {
            byte value = values[i];
            if (value != 0 && value != 1 && value != SampleRequest.UNSPECIFIED) {
                throw new MalformedTensorException("expected 0, 1 or 255, found " + Byte.toUnsignedInt(value));
            }
            if (isOpen != (value == SampleRequest.UNSPECIFIED)) {
                throw new MalformedTensorException(
                        "expected 255 throughout a plane or nowhere in it, found both in plane " + plane);
            }
        }
    }

    private static void requireGuidance(float[] guidance) {
        for (float value : guidance) {
            if (!(value >= 0 && value <= MOST_GUIDANCE)) {
                throw new MalformedTensorException("expected 0 to " + (int) MOST_GUIDANCE + ", found " + value);
            }
        }
    }
}
