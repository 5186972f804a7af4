/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

/** The server cannot start as told. The message is one line for the person who started it. */
public final class StartupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message that names what is wrong, what was expected and what was found. */
    public StartupException(String message) {
        super(message);
    }

    /** As above, with the failure underneath. */
    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
