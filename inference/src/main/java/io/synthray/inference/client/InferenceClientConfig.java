/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import java.time.Duration;

/**
 * How a server is reached.
 *
 * @param server {@code host:port}; a host of several addresses has its calls spread over all of them
 * @param deadline the longest an inference may take, waiting in the server's queue included; above zero
 * @param maxMessageBytes the largest message sent or received, in bytes; above zero
 */
public record InferenceClientConfig(String server, Duration deadline, int maxMessageBytes) {

    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);
    private static final int DEFAULT_MAX_MESSAGE_BYTES = 64 << 20;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value, what was expected and what was found
     */
    public InferenceClientConfig {
        requireAddress(server);
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("inference deadline: expected more than zero, found " + deadline);
        }
        if (maxMessageBytes <= 0) {
            throw new IllegalArgumentException(
                    "inference message limit: expected more than zero bytes, found " + maxMessageBytes);
        }
    }

    /** This server with a deadline of 60 s and messages of at most 64 MiB. */
    public static InferenceClientConfig of(String server) {
        return new InferenceClientConfig(server, DEFAULT_DEADLINE, DEFAULT_MAX_MESSAGE_BYTES);
    }

    /** The same with another deadline. */
    public InferenceClientConfig withDeadline(Duration other) {
        return new InferenceClientConfig(server, other, maxMessageBytes);
    }

    private static void requireAddress(String server) {
        int colon = server.lastIndexOf(':');
        String port = server.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535 || server.contains("/")) {
            throw new IllegalArgumentException("inference server: expected host:port, found '" + server + "'");
        }
    }
}
