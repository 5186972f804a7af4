package io.synthray.generator.health;

import io.synthray.generator.lease.Pulse;
import io.synthray.generator.request.Dependencies;
import io.synthray.inference.client.InferenceClient;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** What the probes look at. */
@Singleton
public class Vitals {
    private final Pulse pulse = new Pulse();
    private final Dependencies dependencies = Dependencies.create();
    private volatile Connections connections;

    record Connections(Admin admin, InferenceClient inference) {}

    /** Beats of the consumers. */
    public Pulse pulse() {
        return pulse;
    }

    /** How the servers do that the worker depends on. */
    public Dependencies dependencies() {
        return dependencies;
    }

    /** The worker takes requests; the connections remain the caller's to close. */
    public void started(Admin admin, InferenceClient inference) {
        connections = new Connections(admin, inference);
    }

    /** Present once the worker takes requests. */
    Optional<Connections> connections() {
        return Optional.ofNullable(connections);
    }
}
