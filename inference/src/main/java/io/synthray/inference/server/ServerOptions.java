/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import java.nio.file.Path;

/**
 * What a server serves, and where.
 *
 * @param repository folder with a folder for each model
 * @param host address to listen on
 * @param port TCP port, 0 to 65535; 0 takes a free one
 * @param threads samples executed at the same time, 1 or more; each takes one core
 * @param queue requests that may wait, 1 or more; those above are refused with RESOURCE_EXHAUSTED
 * @param maxMessageBytes largest request, above zero
 */
public record ServerOptions(Path repository, String host, int port, int threads, int queue, int maxMessageBytes) {

    static final int DEFAULT_QUEUE = 256;
    static final int DEFAULT_MAX_MESSAGE_MIB = 16;

    /**
     * Checks the values.
     *
     * @throws StartupException naming the option, what was expected and what was found
     */
    public ServerOptions {
        requireRange("port", 0, 65535, port);
        requireRange("threads", 1, 1024, threads);
        requireRange("queue", 1, 1_000_000, queue);
        requireRange("message limit", 1, Integer.MAX_VALUE, maxMessageBytes);
    }

    /** A server on a free port of 127.0.0.1 with one thread, 256 waiting requests and messages of at most 16 MiB. */
    public static ServerOptions local(Path repository) {
        return new ServerOptions(repository, "127.0.0.1", 0, 1, DEFAULT_QUEUE, DEFAULT_MAX_MESSAGE_MIB << 20);
    }

    /** The same on another port. */
    public ServerOptions withPort(int other) {
        return new ServerOptions(repository, host, other, threads, queue, maxMessageBytes);
    }

    /** The same with another number of threads. */
    public ServerOptions withThreads(int other) {
        return new ServerOptions(repository, host, port, other, queue, maxMessageBytes);
    }

    /** The same with another length of the queue. */
    public ServerOptions withQueue(int other) {
        return new ServerOptions(repository, host, port, threads, other, maxMessageBytes);
    }

    private static void requireRange(String option, int lowest, int highest, int found) {
        if (found < lowest || found > highest) {
            throw new StartupException(option + ": expected " + lowest + " to " + highest + ", found " + found);
        }
    }
}
