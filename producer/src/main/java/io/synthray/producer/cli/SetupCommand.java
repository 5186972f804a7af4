package io.synthray.producer.cli;

import io.synthray.producer.broker.Platform;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates what studies need at broker and registry. */
@Command(
        name = "setup",
        description =
                "Creates missing topics, sets the share groups and registers the schemas. Doing it again changes nothing.",
        mixinStandardHelpOptions = true)
final class SetupCommand implements Callable<Integer> {
    @Mixin
    private PlatformOptions options;

    @Option(
            names = "--replication",
            paramLabel = "COPIES",
            defaultValue = "-1",
            description =
                    "Copies of each record of topics that are created; -1 for the broker's default (default: -1).")
    private short replication;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (replication != -1 && replication < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--replication: expected -1 or a number of copies, found " + replication);
        }
        Platform platform = options.platform();
        platform.setUp(replication);
        spec.commandLine()
                .getOut()
                .println("%d topics '%s*' at %s and their schemas at %s are set up"
                        .formatted(
                                TopicCatalogue.ALL.size(),
                                platform.names().prefix(),
                                platform.kafka().bootstrapServers(),
                                platform.registry().url()));
        return ExitCode.OK;
    }
}
