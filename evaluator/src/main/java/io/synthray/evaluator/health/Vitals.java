package io.synthray.evaluator.health;

import io.synthray.evaluator.reconcile.Backlog;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/** What the probes look at. */
@Singleton
public class Vitals {
    private volatile Supplier<KafkaStreams.State> state = () -> KafkaStreams.State.CREATED;
    private volatile Supplier<Optional<Backlog>> backlog = Optional::empty;
    private volatile boolean hasRun;

    /** The stream is being started. */
    public void starting(Supplier<KafkaStreams.State> stateOfStream, Supplier<Optional<Backlog>> backlogOfGroups) {
        this.state = stateOfStream;
        this.backlog = backlogOfGroups;
    }

    /** State of the stream. */
    public KafkaStreams.State state() {
        KafkaStreams.State now = state.get();
        if (now == KafkaStreams.State.RUNNING) {
            hasRun = true;
        }
        return now;
    }

    /** Whether the stream has been seen running. */
    boolean hasRun() {
        return hasRun || state() == KafkaStreams.State.RUNNING;
    }

    /** Work that waits for workers; empty while it is not known. */
    public Optional<Backlog> backlog() {
        return backlog.get();
    }
}
