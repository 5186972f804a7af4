/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

/**
 * One image to draw. The arrays are handed over, not copied.
 *
 * @param noise initial noise, C x h x w finite numbers, row-major, standard normal
 * @param prompt what the image shows; may be empty
 * @param negativePrompt what it does not show; may be empty
 * @param mask K x H x W bytes, row-major: 1 inside the structure, 0 outside, 255 throughout a plane that is not specified
 * @param textGuidance scale of the guidance by text, finite
 * @param maskGuidance scale of the guidance by mask, finite
 */
public record SampleRequest(
        float[] noise, String prompt, String negativePrompt, byte[] mask, float textGuidance, float maskGuidance) {

    /** The byte of a mask plane that is not specified. */
    public static final byte UNSPECIFIED = (byte) 255;
}
