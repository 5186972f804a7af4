/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

/**
 * An inference server did not do what it was asked. Its two kinds are those that callers treat differently. Messages name
 * the server, the model, and the tensor where one is at fault.
 */
public abstract sealed class InferenceException extends RuntimeException
        permits InferenceUnavailableException, InferenceRejectedException {

    private static final long serialVersionUID = 1L;

    InferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
