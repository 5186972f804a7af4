package io.synthray.generator.request;

import io.synthray.generator.retry.Dependency;
import io.synthray.imaging.store.StoreUnavailableException;
import io.synthray.inference.client.InferenceUnavailableException;
import io.synthray.schemas.serde.RegistryException;
import java.util.List;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * What a request's work depends on.
 *
 * @param registry gives the schema that a request was written with
 * @param inference samples
 * @param store keeps images
 * @param broker takes events; whatever it refuses but for their size is waited out, since nothing else may be done
 */
public record Dependencies(Dependency registry, Dependency inference, Dependency store, Dependency broker) {
    /** All of them, answering so far. */
    public static Dependencies create() {
        return new Dependencies(
                new Dependency("registry", RegistryException.class::isInstance),
                new Dependency("inference server", InferenceUnavailableException.class::isInstance),
                new Dependency("image store", StoreUnavailableException.class::isInstance),
                new Dependency("broker", failure -> !(failure instanceof RecordTooLargeException)));
    }

    /** In the order of the work. */
    public List<Dependency> all() {
        return List.of(registry, inference, store, broker);
    }
}
