package io.synthray.generator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.synthray.service.KafkaConfig;
import io.synthray.service.RegistryConfig;
import io.synthray.service.WorkerConfig;
import java.time.Duration;
import java.util.Optional;

/** Everything that can be set. Addresses without a default must be given. */
@ConfigMapping(prefix = "synthray")
public interface GeneratorConfig {
    /** Broker. */
    KafkaConfig kafka();

    /** Schema registry. */
    RegistryConfig registry();

    /** Inference server. */
    Inference inference();

    /** Image store. */
    Store store();

    /** This process. */
    WorkerConfig worker();

    /** How requests are taken and worked on. */
    Generator generator();

    /** Inference server. */
    interface Inference {
        /** {@code host:port} of its gRPC service. */
        Optional<String> address();

        /** How long one sample may take, the server's queue included. */
        @WithDefault("60s")
        Duration deadline();

        /** Model that makes features of every image, {@code NAME} or {@code NAME@VERSION}; none: images go without. */
        Optional<String> embedder();
    }

    /** Image store. */
    interface Store {
        /** {@code file:///DIRECTORY}. */
        Optional<String> uri();
    }

    /** How requests are taken and worked on. */
    interface Generator {
        /** Members of the share group at most; each takes its partitions' requests in turns. 1 or more. */
        @WithDefault("8")
        int consumers();

        /** Requests that a member takes at once, 1 or more. */
        @WithDefault("8")
        int batch();

        /** Samples at the inference server at once; found by trial between the bounds. */
        InFlight inFlight();

        /** Waits between two tries of what failed for a reason that passes. */
        Retry retry();

        /** How long samples under way may take to end when the worker is told to stop. */
        @WithDefault("20s")
        Duration shutdownGrace();

        /** Threads that encode, store and send; 0: eight for each processor, as they mostly wait for the disk. */
        @WithDefault("0")
        int threads();
    }

    /** Samples at the inference server at once. */
    interface InFlight {
        /** Least, 1 or more. */
        @WithDefault("1")
        int min();

        /** Where the search begins. */
        @WithDefault("4")
        int initial();

        /** Most; more than half of the requests that the members take together bring nothing, as the others are before or behind the server. */
        @WithDefault("32")
        int max();

        /**
         * For how long the server is to have work, as far as the most allows; 0 or more. What it draws and answers together costs the worker
         * half of what comes one by one.
         */
        @WithDefault("5s")
        Duration atHand();
    }

    /** Waits that double from the first to the longest, each shortened by chance by up to a half. */
    interface Retry {
        /** First wait. */
        @WithDefault("200ms")
        Duration first();

        /** Longest wait. */
        @WithDefault("5s")
        Duration longest();
    }
}
