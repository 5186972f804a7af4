package io.synthray.generator.request;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.synthray.event.OutcomeStatus;
import io.synthray.generator.admission.Admission;
import java.util.Locale;

/** Counts for operators. */
public final class GeneratorMetrics {
    private final MeterRegistry registry;
    private final Timer sampling;

    /** @param admission watched for its samples in flight and its limit */
    public GeneratorMetrics(MeterRegistry registry, Admission admission) {
        this.registry = registry;
        this.sampling = Timer.builder("synthray.sampling")
                .description("Time from sending a sample to its answer, the server's queue included")
                .register(registry);
        Gauge.builder("synthray.samples.in.flight", admission, Admission::inFlight)
                .description("Samples at the inference server")
                .register(registry);
        Gauge.builder("synthray.samples.limit", admission, Admission::limit)
                .description("Samples that may be at the inference server now")
                .register(registry);
    }

    Timer.Sample begin() {
        return Timer.start(registry);
    }

    void sampled(Timer.Sample begun) {
        begun.stop(sampling);
    }

    void notEmbedded() {
        registry.counter("synthray.images.without.features").increment();
    }

    void imageMade() {
        registry.counter("synthray.images").increment();
    }

    void outcome(OutcomeStatus status) {
        registry.counter("synthray.outcomes", "status", status.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void deadLetter() {
        registry.counter("synthray.dead.letters").increment();
    }
}
