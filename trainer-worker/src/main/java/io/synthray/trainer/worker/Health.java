package io.synthray.trainer.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Health of the worker. Started and ready: it takes trials. Alive: its loop goes round, also while a broker that went away is
 * waited for, since a new process could not do more.
 */
@ApplicationScoped
class Health {
    /** A round takes a second, a third of a lease while a trial runs, and a client's own time-outs while the broker is away. */
    private static final Duration OLDEST_BEAT = Duration.ofMinutes(2);

    private static final Duration RECENT_BEAT = Duration.ofSeconds(20);

    @Produces
    @Singleton
    Pulse pulse() {
        return new Pulse();
    }

    @Produces
    @Startup
    HealthCheck started(Pulse pulse) {
        return () -> response("started", pulse.begun());
    }

    @Produces
    @Readiness
    HealthCheck ready(Pulse pulse) {
        return () -> response("takes trials", pulse.youngerThan(RECENT_BEAT));
    }

    @Produces
    @Liveness
    HealthCheck alive(Pulse pulse) {
        return () -> response("loop", !pulse.begun() || pulse.youngerThan(OLDEST_BEAT));
    }

    private static HealthCheckResponse response(String name, boolean up) {
        return HealthCheckResponse.named(name).status(up).build();
    }
}
