package io.synthray.evaluator.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** The stream has been running once: topics and registry were right, the state was read back. */
@Startup
@ApplicationScoped
class StartedCheck implements HealthCheck {
    private final Vitals vitals;

    StartedCheck(Vitals vitals) {
        this.vitals = vitals;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("stream")
                .status(vitals.hasRun())
                .withData("state", vitals.state().name())
                .build();
    }
}
