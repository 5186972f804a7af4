package io.synthray.trainer.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.synthray.service.KafkaConfig;
import io.synthray.service.RegistryConfig;
import io.synthray.service.WorkerConfig;
import java.time.Duration;
import java.util.Optional;

/** Everything that can be set. Addresses must be given. */
@ConfigMapping(prefix = "synthray")
public interface TrainerConfig {
    /** Broker. */
    KafkaConfig kafka();

    /** Schema registry. */
    RegistryConfig registry();

    /** Image store. */
    Store store();

    /** This process. */
    WorkerConfig worker();

    /** How trials are run. */
    Trainer trainer();

    /** Image store. */
    interface Store {
        /** {@code file:///DIRECTORY}, the one that generators write to. */
        Optional<String> uri();
    }

    /** How trials are run. */
    interface Trainer {
        /** Threads of one training, 1 or more; scores are the same bit for bit only where this is. */
        @WithDefault("1")
        int threads();

        /** How long a manifest's chunks are waited for before the trial is tried again. */
        @WithDefault("30s")
        Duration manifestWait();
    }
}
