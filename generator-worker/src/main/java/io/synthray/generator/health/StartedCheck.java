package io.synthray.generator.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started: configuration, broker, registry and store were found right, and requests are taken. */
@Startup
@ApplicationScoped
class StartedCheck implements HealthCheck {
    private final Vitals vitals;

    StartedCheck(Vitals vitals) {
        this.vitals = vitals;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("takes requests")
                .status(vitals.connections().isPresent())
                .build();
    }
}
