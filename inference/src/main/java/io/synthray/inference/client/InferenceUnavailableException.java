/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

/** The server could not answer now; the same request may succeed later. */
public final class InferenceUnavailableException extends InferenceException {

    private static final long serialVersionUID = 1L;

    /** With a message that names server and model, and the failure underneath. */
    public InferenceUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
