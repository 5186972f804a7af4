/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A running inference server. It is ready as soon as it exists. */
public final class InferenceServer implements AutoCloseable {

    private static final Duration OPEN_CALLS = Duration.ofSeconds(10);
    /** Reading requests is light work; executing them has threads of its own. */
    private static final int READERS = 2;

    private final ModelRepository models;
    private final RequestQueue queue;
    private final ExecutorService readers;
    private final Server server;
    private final String host;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile int port;

    private InferenceServer(ServerOptions options, ModelRepository models) {
        this.models = models;
        this.host = options.host();
        this.queue = new RequestQueue(options.threads(), options.queue());
        this.readers = Executors.newFixedThreadPool(READERS, new WorkerThreads());
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress(options.host(), options.port()))
                .maxInboundMessageSize(options.maxMessageBytes())
                .executor(readers)
                .addService(new InferenceService(models, queue))
                .build();
    }

    /**
     * Loads the models and listens.
     *
     * @throws StartupException if a model cannot be loaded, or the address not be had
     */
    public static InferenceServer start(ServerOptions options) {
        InferenceServer server = new InferenceServer(options, ModelRepository.load(options.repository()));
        try {
            server.server.start();
            server.port = server.server.getPort();
            return server;
        } catch (IOException e) {
            server.close();
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new StartupException(
                    "cannot listen on " + options.host() + ":" + options.port() + ": " + reason.getMessage(), e);
        }
    }

    /** The port listened on, also after the end. */
    public int port() {
        return port;
    }

    /** Where clients find it, as {@code host:port}. */
    public String address() {
        return host + ":" + port;
    }

    /** Takes no new calls, gives open ones ten seconds, and frees the models. Only the first call has an effect. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        server.shutdown();
        try {
            if (!server.awaitTermination(OPEN_CALLS.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                // The calls that this ends are still told so by the readers.
                server.awaitTermination(OPEN_CALLS.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        readers.shutdown();
        if (queue.close()) {
            models.close();
        }
    }

    /**
     * Runs a server until the process ends; {@code --help} lists the options. Exits with 2 and one line of text if it cannot start.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(ServerCommand.commandLine().execute(arguments));
    }
}
