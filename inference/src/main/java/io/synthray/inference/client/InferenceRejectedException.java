/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

/** The request, or the model, is at fault; the same request will fail again. */
public final class InferenceRejectedException extends InferenceException {

    private static final long serialVersionUID = 1L;

    /** With a message that names server and model, what was expected and what was found. */
    public InferenceRejectedException(String message) {
        super(message, null);
    }

    /** As above, with the failure underneath. */
    public InferenceRejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
