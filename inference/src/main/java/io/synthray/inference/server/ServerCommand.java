/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line around a server: runs it until the process is told to end. */
@Command(
        name = "inference-server",
        mixinStandardHelpOptions = true,
        description = "Serves a Triton model repository of ONNX graphs over the KServe v2 protocol, on the CPU.")
final class ServerCommand implements Callable<Integer> {

    @Option(
            names = "--repository",
            required = true,
            paramLabel = "DIR",
            description = "Folder with <model>/config.pbtxt and <model>/<version>/model.onnx.")
    private Path repository;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "8001",
            description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--threads", description = "Samples executed at the same time (default: the number of cores).")
    private Integer threads;

    @Option(
            names = "--queue",
            defaultValue = "" + ServerOptions.DEFAULT_QUEUE,
            description = "Requests that may wait; more are refused (default: ${DEFAULT-VALUE}).")
    private int queue;

    @Option(
            names = "--max-message-mib",
            defaultValue = "" + ServerOptions.DEFAULT_MAX_MESSAGE_MIB,
            description = "Largest request in MiB (default: ${DEFAULT-VALUE}).")
    private int maxMessageMib;

    @Option(
            names = "--until-stdin-closes",
            description =
                    "End when standard input does, so that the server does not outlive the process that started it.")
    private boolean untilStdinCloses;

    @Spec
    private CommandSpec spec;

    static CommandLine commandLine() {
        return new CommandLine(new ServerCommand())
                .setParameterExceptionHandler((exception, arguments) -> {
                    exception
                            .getCommandLine()
                            .getErr()
                            .println("inference server: " + exception.getMessage() + " (--help lists the options)");
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((exception, command, result) -> {
                    if (exception instanceof StartupException) {
                        command.getErr().println("inference server: " + exception.getMessage());
                        return ExitCode.USAGE;
                    }
                    throw exception;
                });
    }

    @Override
    public Integer call() throws InterruptedException {
        if (maxMessageMib < 1 || maxMessageMib > 1024) {
            throw new StartupException("--max-message-mib: expected 1 to 1024, found " + maxMessageMib);
        }
        InferenceServer server = InferenceServer.start(new ServerOptions(
                repository,
                host,
                port,
                threads == null ? Runtime.getRuntime().availableProcessors() : threads,
                queue,
                maxMessageMib << 20));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        spec.commandLine().getOut().println("inference server ready on " + server.address());
        if (untilStdinCloses) {
            awaitEnd(System.in);
        } else {
            new CountDownLatch(1).await();
        }
        return ExitCode.OK;
    }

    private static void awaitEnd(InputStream input) {
        try {
            while (input.read() >= 0) {
                // What is written there has no meaning; only its end has.
            }
        } catch (IOException e) {
            System.getLogger(ServerCommand.class.getName())
                    .log(System.Logger.Level.WARNING, "standard input cannot be read, ending: {0}", e.getMessage());
        }
    }
}
