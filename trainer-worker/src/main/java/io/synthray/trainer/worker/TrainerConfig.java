package io.synthray.trainer.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Everything that can be set. Addresses must be given. */
@ConfigMapping(prefix = "synthray")
public interface TrainerConfig {
    /** Broker. */
    Kafka kafka();

    /** Schema registry. */
    Registry registry();

    /** Image store. */
    Store store();

    /** This process. */
    Worker worker();

    /** How trials are run. */
    Trainer trainer();

    /** Broker. */
    interface Kafka {
        /** {@code host:port}, comma separated. */
        Optional<String> bootstrapServers();

        /** What names of topics and groups begin with. */
        @WithDefault("synthray.")
        Optional<String> topicPrefix();

        /** Further properties of every Kafka client, for instance those of TLS and SASL. */
        Map<String, String> properties();
    }

    /** Schema registry. */
    interface Registry {
        /** Root, for instance {@code http://127.0.0.1:8081}. */
        Optional<String> url();

        /** How long one question may take. */
        @WithDefault("10s")
        Duration timeout();
    }

    /** Image store. */
    interface Store {
        /** {@code file:///DIRECTORY}, the one that generators write to. */
        Optional<String> uri();
    }

    /** This process. */
    interface Worker {
        /** Name in events and logs; made of host and process id unless given. */
        Optional<String> name();
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
