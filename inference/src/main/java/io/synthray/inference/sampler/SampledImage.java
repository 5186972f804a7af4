/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.sampler;

import io.synthray.inference.client.ModelRef;

/**
 * An image that a sampler drew.
 *
 * @param side rows and columns
 * @param pixels side x side brightnesses from 0 (black) to 1 (white), row-major
 * @param model the model and the version that drew it
 * @param weightsSha256 SHA-256 of the weights that drew it, by the model's description; a server that names them with each
 *     image has named the same
 */
public record SampledImage(int side, float[] pixels, ModelRef model, String weightsSha256) {}
