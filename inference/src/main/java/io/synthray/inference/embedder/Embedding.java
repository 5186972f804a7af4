/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.embedder;

import io.synthray.inference.client.ModelRef;

/**
 * The features of one image. The array is handed over, not copied.
 *
 * @param values as many numbers as the model's dimension, finite
 * @param model the model and the version that made it
 * @param weightsSha256 SHA-256 of the weights that made it
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier on the way into an event; never compared.
public record Embedding(float[] values, ModelRef model, String weightsSha256) {
    /** What made it, as {@link EmbedderModel#identity()}. */
    public String embedder() {
        return EmbedderModel.identity(model, weightsSha256);
    }
}
