package io.synthray.trainer.worker;

import io.synthray.event.TrialRequest;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.serde.EventDecoder;
import io.synthray.schemas.serde.RegistryException;
import io.synthray.schemas.serde.UndecodableEventException;
import io.synthray.trainer.data.UnavailableDataException;
import io.synthray.trainer.trial.Progress;
import io.synthray.trainer.trial.TrialEvents;
import io.synthray.trainer.trial.TrialObserver;
import io.synthray.trainer.trial.TrialOutcome;
import io.synthray.trainer.trial.TrialRunner;
import io.synthray.trainer.trial.TrialStoppedException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Does the work of one record: runs its trial and publishes the result, or puts a record that is no trial aside. */
final class TrialHandler implements Consumer<ConsumerRecord<byte[], byte[]>> {
    private static final Logger LOG = Logger.getLogger(TrialHandler.class);

    private final EventDecoder<TrialRequest> decoder;
    private final TrialRunner runner;
    private final EventPublisher publisher;
    private final TrialEvents events;
    private final StandingWords words;
    private final Patience patience;
    private final StoredCheckpoints checkpoints;

    TrialHandler(
            EventDecoder<TrialRequest> decoder,
            TrialRunner runner,
            EventPublisher publisher,
            TrialEvents events,
            StandingWords words,
            Patience patience,
            StoredCheckpoints checkpoints) {
        this.decoder = decoder;
        this.runner = runner;
        this.publisher = publisher;
        this.events = events;
        this.words = words;
        this.patience = patience;
        this.checkpoints = checkpoints;
    }

    /** @throws StoppedException when the worker stops before the record is done */
    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        TrialRequest trial;
        try {
            trial = patience.untilAvailable(() -> decode(record.value()));
            requireNames(trial);
        } catch (UndecodableEventException | IllegalArgumentException e) {
            LOG.warnf("partition=%d offset=%d is no trial: %s", record.partition(), record.offset(), e.getMessage());
            publisher.deadLetter(record, e.getMessage());
            return;
        }
        MDC.put("study", trial.getStudy());
        MDC.put("arm", trial.getArm());
        MDC.put("trial", trial.getTrial());
        try {
            LOG.infof(
                    "trial=%s begins, delivery %s",
                    trial.getTrial(), record.deliveryCount().orElse((short) 1));
            TrialOutcome outcome = outcome(trial);
            publisher.result(ResultChunks.of(events.result(trial, outcome)));
            checkpoints.forget(trial);
            report(trial, outcome);
        } finally {
            MDC.clear();
        }
    }

    private TrialRequest decode(byte[] value) {
        try {
            return decoder.decode(value);
        } catch (RegistryException e) {
            throw new UnavailableDataException(e.getMessage(), e);
        }
    }

    private static void requireNames(TrialRequest trial) {
        TrialId id = new TrialId(trial.getStudy(), trial.getArm(), trial.getRepeat());
        if (!id.key().equals(trial.getTrial())) {
            throw new IllegalArgumentException("trial: expected '%s', found '%s'".formatted(id, trial.getTrial()));
        }
        if (trial.getManifest() != null) {
            new ImageSetId(id.study(), id.arm(), trial.getManifest().getImageSet());
        }
    }

    private TrialOutcome outcome(TrialRequest trial) {
        try {
            return patience.untilAvailable(() -> runner.run(trial, new Observer(trial)));
        } catch (TrialStoppedException e) {
            Optional<String> stop = words.stopped(trial.getStudy(), trial.getArm());
            if (patience.stopped() || stop.isEmpty()) {
                throw new StoppedException();
            }
            return new TrialOutcome.Skipped(stop.get());
        } catch (StoppedException e) {
            throw e;
        } catch (RuntimeException e) {
            // A trial that breaks the engine must not be delivered for ever; its result says what happened.
            LOG.errorf(e, "trial=%s failed unexpectedly", trial.getTrial());
            return new TrialOutcome.Failed(
                    "unexpected: " + String.valueOf(e).lines().findFirst().orElse(""));
        }
    }

    private static void report(TrialRequest trial, TrialOutcome outcome) {
        if (outcome instanceof TrialOutcome.Completed completed) {
            LOG.infof(
                    "trial=%s completed in %.1f s: %s = %.4f",
                    trial.getTrial(),
                    completed.seconds(),
                    completed.scores().metrics().get(0).getName(),
                    completed.scores().metrics().get(0).getValue());
        } else {
            LOG.warnf("trial=%s ended without metrics: %s", trial.getTrial(), outcome);
        }
    }

    private final class Observer implements TrialObserver {
        private final TrialRequest trial;

        private Observer(TrialRequest trial) {
            this.trial = trial;
        }

        @Override
        public void progress(Progress progress) {
            publisher.progress(events.progress(trial, progress));
        }

        /** Waits while the arm is paused; the lease is renewed by another thread meanwhile. */
        @Override
        public boolean stopped() {
            if (words.paused(trial.getStudy(), trial.getArm()) && !ends()) {
                LOG.infof("trial=%s pauses", trial.getTrial());
                while (words.paused(trial.getStudy(), trial.getArm()) && !ends()) {
                    patience.pauseBriefly();
                }
                LOG.infof("trial=%s goes on", trial.getTrial());
            }
            return ends();
        }

        private boolean ends() {
            return patience.stopped()
                    || words.stopped(trial.getStudy(), trial.getArm()).isPresent();
        }
    }
}
