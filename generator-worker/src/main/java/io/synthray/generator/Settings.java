package io.synthray.generator;

import io.synthray.generator.admission.Bounds;
import io.synthray.inference.client.ExponentialBackoff;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.inference.client.ModelRef;
import io.synthray.service.ConfigurationProblems;
import io.synthray.service.Installation;
import io.synthray.service.StartupException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The configuration, checked.
 *
 * @param installation broker, registry, and the worker's name
 * @param inference how to reach the inference server
 * @param embedder makes features of every image, if given
 * @param store root of the image store
 * @param consumers members of the share group
 * @param batch requests that a member takes at once
 * @param threads that encode, store and send
 */
record Settings(
        Installation installation,
        InferenceClientConfig inference,
        Optional<ModelRef> embedder,
        URI store,
        int consumers,
        int batch,
        Bounds inFlight,
        ExponentialBackoff backoff,
        Duration shutdownGrace,
        int threads) {

    /** They spend most of their time waiting for files to be on disk. */
    private static final int THREADS_PER_CORE = 8;

    /** @throws StartupException naming every key that is wrong, what was expected and what was found */
    static Settings of(GeneratorConfig config) {
        ConfigurationProblems problems = new ConfigurationProblems();
        GeneratorConfig.Generator generator = config.generator();
        int cores = Runtime.getRuntime().availableProcessors();
        Installation installation = Installation.of(config.kafka(), config.registry(), config.worker(), problems);
        InferenceClientConfig inference = problems.require(
                "synthray.inference.address", config.inference().address(), address -> InferenceClientConfig.of(address)
                        .withDeadline(config.inference().deadline()));
        Optional<ModelRef> embedder = config.inference()
                .embedder()
                .map(text -> problems.read("synthray.inference.embedder", () -> model(text)));
        URI store = problems.require("synthray.store.uri", config.store().uri(), URI::create);
        Bounds bounds = problems.read(
                "synthray.generator.in-flight",
                () -> new Bounds(
                        generator.inFlight().min(),
                        generator.inFlight().initial(),
                        generator.inFlight().max(),
                        generator.inFlight().atHand()));
        ExponentialBackoff backoff = problems.read(
                "synthray.generator.retry",
                () -> new ExponentialBackoff(
                        generator.retry().first(),
                        generator.retry().longest(),
                        Integer.MAX_VALUE,
                        () -> ThreadLocalRandom.current().nextDouble()));
        problems.range("synthray.generator.consumers", generator.consumers(), 1, 1000);
        problems.range("synthray.generator.batch", generator.batch(), 1, 1000);
        problems.range("synthray.generator.threads", generator.threads(), 0, 1000);
        problems.throwIfAny();
        return new Settings(
                installation,
                inference,
                embedder,
                store,
                generator.consumers(),
                generator.batch(),
                bounds,
                backoff,
                generator.shutdownGrace(),
                generator.threads() == 0 ? THREADS_PER_CORE * cores : generator.threads());
    }

    private static ModelRef model(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]*(@[1-9][0-9]*)?")) {
            throw new IllegalArgumentException("expected NAME or NAME@VERSION, found '" + text + "'");
        }
        String[] parts = text.split("@", 2);
        return new ModelRef(parts[0], parts.length == 2 ? parts[1] : "");
    }
}
