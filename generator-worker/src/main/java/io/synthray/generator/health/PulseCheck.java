package io.synthray.generator.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Live: every consumer has got through its loop not long ago. An outage elsewhere does not stop the loop. */
@Liveness
@ApplicationScoped
class PulseCheck implements HealthCheck {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Vitals vitals;

    PulseCheck(Vitals vitals) {
        this.vitals = vitals;
    }

    @Override
    public HealthCheckResponse call() {
        Duration oldest = vitals.pulse().oldest();
        return HealthCheckResponse.named("consumers")
                .status(oldest.compareTo(LONGEST) < 0)
                .withData("consumers", vitals.pulse().consumers())
                .withData("oldest-beat-seconds", oldest.toSeconds())
                .build();
    }
}
