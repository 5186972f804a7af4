package io.synthray.evaluator.study;

import io.synthray.evaluator.event.StudyEvent;
import io.synthray.evaluator.event.StudyEvent.Imaged;
import io.synthray.evaluator.event.StudyEvent.NotImaged;
import io.synthray.evaluator.event.StudyEvent.Planned;
import io.synthray.evaluator.event.StudyEvent.Requested;
import io.synthray.evaluator.event.StudyEvent.TrialEnded;
import io.synthray.evaluator.event.StudyEvent.TrialRequested;
import io.synthray.evaluator.study.TrialState.Stage;
import io.synthray.event.GenerationOutcome;
import io.synthray.event.OutcomeStatus;
import io.synthray.event.StudySeal;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes the events of studies one after the other and decides. What it publishes depends on what has happened and, but for which
 * of two duplicates came first, not on the order in which it is told.
 */
public final class StudyEvaluator implements StudyEvent.Handler {
    private final StudyTables tables;
    private final Outbox outbox;
    private final String name;
    private final Plans plans;
    private final ImageSets imageSets;
    private final Trials trials;
    private final Comparisons comparisons;
    private final StudyStates states;

    /**
     * @param tables what is remembered
     * @param outbox where records go
     * @param tolerance difference of a metric up to which two results of a trial say the same, 0 or more
     * @param name this evaluator's name, for outcomes
     */
    public StudyEvaluator(StudyTables tables, Outbox outbox, double tolerance, String name) {
        this.tables = tables;
        this.outbox = outbox;
        this.name = name;
        this.plans = new Plans(tables.plans());
        this.imageSets = new ImageSets(tables, outbox);
        this.trials = new Trials(tables, outbox, tolerance);
        this.comparisons = new Comparisons(tables, outbox, trials);
        this.states = new StudyStates(tables, outbox, plans, imageSets, trials);
    }

    /**
     * Takes an event; one that comes before its plan waits.
     *
     * @param sequence number of the event, ascending within a study, by which waiting events keep their order
     */
    public void handle(StudyEvent event, long sequence) {
        if (event instanceof Planned || plans.get(event.study()).isPresent()) {
            event.to(this);
        } else {
            tables.waiting().put(String.format(Locale.ROOT, "%s/%019d", event.study(), sequence), event);
        }
    }

    /** Publishes the state of every study that has changed since its state was published. */
    public void publishStates() {
        states.publishChanged();
    }

    @Override
    public void planned(Planned event) {
        Optional<PlannedStudy> known = plans.get(event.study());
        if (known.isEmpty()) {
            PlannedStudy study = plans.put(event.plan());
            states.touch(study);
            tables.waiting().scan(event.study() + "/", (key, waiting) -> {
                waiting.to(this);
                tables.waiting().delete(key);
            });
            begin(study);
        } else if (!known.get().study().getPlanHash().equals(event.plan().getPlanHash())) {
            states.count(known.get(), p -> p.withRefusedPlan(event.plan().getPlanHash()));
        } else if (!known.get().isSealed() && event.plan().getSeal() == StudySeal.SEALED) {
            begin(plans.put(event.plan()));
        }
    }

    /** What can be done as soon as a study is sealed. */
    private void begin(PlannedStudy study) {
        if (study.isSealed()) {
            study.trialsWithoutImages().forEach(trial -> trials.request(study, trial, null));
            study.imageSets().forEach(set -> endIfComplete(study, set));
            comparisons.update(study);
            states.touch(study);
        }
        states.publishIfPhaseChanged(study);
    }

    @Override
    public void requested(Requested event) {
        inPlan(event.study(), event.request()).ifPresent(set -> imageSets.requested(event));
    }

    @Override
    public void imaged(Imaged event) {
        inPlan(event.study(), event.request()).ifPresent(set -> {
            imageSets.imaged(set, event);
            imageSetChanged(event.study(), set);
        });
    }

    @Override
    public void notImaged(NotImaged event) {
        inPlan(event.study(), event.request()).ifPresent(set -> {
            imageSets.notImaged(set, event);
            imageSetChanged(event.study(), set);
        });
    }

    @Override
    public void trialRequested(TrialRequested event) {
        inPlan(event.trial()).ifPresent(study -> {
            trials.requested(event);
            states.touch(study);
        });
    }

    @Override
    public void trialEnded(TrialEnded event) {
        inPlan(event.trial()).ifPresent(study -> {
            boolean ended = trials.ended(event);
            states.touch(study);
            if (ended) {
                trialHasEnded(study, event.trial());
            }
        });
    }

    /** The record of an unanswered request is published again; its group had passed it by. */
    public void republish(Unanswered open, byte[] key, byte[] value) {
        tables.open(open.kind()).put(open.id(), open.pending().again());
        outbox.republish(open.kind().topic(), open.pending().at(), key, value);
        plans.get(open.study()).ifPresent(study -> states.count(study, StudyProgress::withRepublished));
    }

    /** An unanswered request is given up: a generation request gets an outcome, a trial fails. */
    public void giveUp(Unanswered open, String error) {
        tables.open(open.kind()).put(open.id(), open.pending().givenUp());
        switch (open.kind()) {
            case IMAGE -> park(RequestId.parse(open.id()), open.pending(), error);
            case TRIAL -> {
                TrialId trial = TrialId.parse(open.id());
                inPlan(trial).ifPresent(study -> {
                    if (trials.end(trial, Stage.FAILED, error)) {
                        states.touch(study);
                        trialHasEnded(study, trial);
                    }
                });
            }
        }
    }

    /** The outcome is counted when it is read back, like everybody else's. */
    private void park(RequestId request, Pending pending, String error) {
        GenerationOutcome outcome = GenerationOutcome.newBuilder()
                .setRequest(request.key())
                .setStudy(request.imageSet().study())
                .setArm(request.imageSet().arm())
                .setImageSet(request.imageSet().imageSet())
                .setIndex(request.index())
                .setStatus(OutcomeStatus.PARKED)
                .setError(error)
                .setAttempts(pending.rounds() + 1)
                .setIssuer(name)
                .build();
        outbox.publish(TopicCatalogue.GENERATION_OUTCOMES, request.key(), outcome);
    }

    private void imageSetChanged(String name, ImageSetPlan set) {
        PlannedStudy study = plans.get(name).orElseThrow();
        states.touch(study);
        if (study.isSealed()) {
            endIfComplete(study, set);
        }
    }

    private void endIfComplete(PlannedStudy study, ImageSetPlan set) {
        if (!imageSets.endIfComplete(set)) {
            return;
        }
        ImageSetTally tally = imageSets.tally(set);
        if (tally.manifest() != null) {
            set.trials()
                    .forEach(trial -> trials.request(
                            study, trial, tally.manifest().ref(set.id().imageSet())));
        } else {
            String reason = "its image set " + set.id().imageSet() + " failed: "
                    + set.failure(tally).orElseThrow();
            set.trials().forEach(trial -> trials.end(trial, Stage.SKIPPED, reason));
            comparisons.update(study, set.id().arm());
            states.publishIfPhaseChanged(study);
        }
    }

    private void trialHasEnded(PlannedStudy study, TrialId trial) {
        comparisons.update(study, trial.arm());
        states.publishIfPhaseChanged(study);
    }

    private Optional<ImageSetPlan> inPlan(String name, RequestId request) {
        PlannedStudy study = plans.get(name).orElseThrow();
        Optional<ImageSetPlan> set =
                study.imageSet(request.imageSet()).filter(planned -> request.index() < planned.images());
        if (set.isEmpty()) {
            states.count(study, StudyProgress::withUnplanned);
        }
        return set;
    }

    private Optional<PlannedStudy> inPlan(TrialId trial) {
        PlannedStudy study = plans.get(trial.study()).orElseThrow();
        if (study.plans(trial)) {
            return Optional.of(study);
        }
        states.count(study, StudyProgress::withUnplanned);
        return Optional.empty();
    }
}
