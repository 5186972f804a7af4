package io.synthray.evaluator.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** The stream has not ended. Outages and rebalances do not end it. */
@Liveness
@ApplicationScoped
class LiveCheck implements HealthCheck {
    private final Vitals vitals;

    LiveCheck(Vitals vitals) {
        this.vitals = vitals;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("stream")
                .status(!vitals.state().hasCompletedShutdown())
                .withData("state", vitals.state().name())
                .build();
    }
}
