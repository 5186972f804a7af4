package io.synthray.producer.cli;

import io.synthray.inference.client.InferenceClientConfig;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Option that says where the inference server is; a picocli mixin. */
final class InferenceMixin {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--inference-server",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:SYNTHRAY_INFERENCE_ADDRESS:-127.0.0.1:8001}",
            description = "Inference server that embeds the real images of a study with 'fidelity'"
                    + " (default: SYNTHRAY_INFERENCE_ADDRESS or 127.0.0.1:8001).")
    private String address;

    /** @throws ParameterException when the address is malformed */
    InferenceClientConfig server() {
        try {
            return InferenceClientConfig.of(address);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command.commandLine(), "--inference-server: expected HOST:PORT, found '%s'".formatted(address), e);
        }
    }
}
