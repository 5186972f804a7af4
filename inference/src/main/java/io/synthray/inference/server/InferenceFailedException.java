/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

/** A model could not be executed on inputs that suit its configuration. */
final class InferenceFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InferenceFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
