package io.synthray.trainer.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.synthray.service.KafkaConfig;
import io.synthray.service.RegistryConfig;
import io.synthray.service.WorkerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

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

        /** Where steps are computed: {@code cpu}, or {@code cuda} in a build with Maven's profile of that name. */
        @WithDefault("cpu")
        String device();

        /** How long a manifest's chunks are waited for before the trial is tried again. */
        @WithDefault("30s")
        Duration manifestWait();

        /**
         * Directory where decoded images, real and synthetic ones, are kept, so that they are decoded once; by default they are decoded for every trial. Its files
         * hold patients' images.
         */
        Optional<String> cache();

        /** Whether a training's state is kept in the store after each epoch, so that another worker can go on with it. */
        @WithDefault("true")
        boolean checkpoints();

        /** What one busy core draws in watts, for the estimate of energy; by default there is none. */
        OptionalDouble wattsPerCore();
    }
}
