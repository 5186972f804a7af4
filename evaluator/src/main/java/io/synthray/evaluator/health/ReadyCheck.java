package io.synthray.evaluator.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The stream is running: events are taken as they come. */
@Readiness
@ApplicationScoped
class ReadyCheck implements HealthCheck {
    private final Vitals vitals;

    ReadyCheck(Vitals vitals) {
        this.vitals = vitals;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("stream")
                .status(vitals.state() == KafkaStreams.State.RUNNING)
                .withData("state", vitals.state().name())
                .build();
    }
}
