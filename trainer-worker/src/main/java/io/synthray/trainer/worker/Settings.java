package io.synthray.trainer.worker;

import io.synthray.service.ConfigurationProblems;
import io.synthray.service.Installation;
import io.synthray.service.StartupException;
import io.synthray.trainer.engine.ComputeDevice;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The configuration, checked.
 *
 * @param installation broker, registry, and the worker's name
 * @param store root of the image store
 * @param threads threads of one training
 * @param device where steps are computed
 * @param manifestWait how long a manifest's chunks are waited for at a time
 * @param cache directory where decoded images are kept, if any
 * @param checkpoints whether states of trainings are kept
 * @param wattsPerCore what one busy core draws, if known
 */
record Settings(
        Installation installation,
        URI store,
        int threads,
        ComputeDevice device,
        Duration manifestWait,
        Optional<Path> cache,
        boolean checkpoints,
        OptionalDouble wattsPerCore) {

    /** @throws StartupException naming every key that is wrong, what was expected and what was found */
    static Settings of(TrainerConfig config) {
        ConfigurationProblems problems = new ConfigurationProblems();
        Installation installation = Installation.of(config.kafka(), config.registry(), config.worker(), problems);
        URI store = problems.require("synthray.store.uri", config.store().uri(), URI::create);
        problems.atLeast("synthray.trainer.threads", config.trainer().threads(), 1);
        ComputeDevice device = problems.require(
                "synthray.trainer.device", Optional.of(config.trainer().device()), ComputeDevice::of);
        problems.throwIfAny();
        return new Settings(
                installation,
                store,
                config.trainer().threads(),
                device,
                config.trainer().manifestWait(),
                config.trainer().cache().map(Path::of),
                config.trainer().checkpoints(),
                config.trainer().wattsPerCore());
    }
}
