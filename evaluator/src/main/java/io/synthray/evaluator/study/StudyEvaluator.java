package io.synthray.evaluator.study;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.Score;
import io.synthray.evaluator.event.StudyEvent;
import io.synthray.evaluator.event.StudyEvent.Imaged;
import io.synthray.evaluator.event.StudyEvent.NotImaged;
import io.synthray.evaluator.event.StudyEvent.Planned;
import io.synthray.evaluator.event.StudyEvent.Referenced;
import io.synthray.evaluator.event.StudyEvent.Requested;
import io.synthray.evaluator.event.StudyEvent.TrialEnded;
import io.synthray.evaluator.event.StudyEvent.TrialRequested;
import io.synthray.evaluator.study.TrialState.Stage;
import io.synthray.event.GenerationOutcome;
import io.synthray.event.ManifestRef;
import io.synthray.event.OutcomeStatus;
import io.synthray.event.StudySeal;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes the events of studies one after the other and decides. What it publishes in the end depends on what has happened and, but for
 * which of two duplicates came first, not on the order in which it is told.
 *
 * <p>Images are counted and image sets frozen at once. Comparisons, which cost more, wait until {@link #publishChanged()}, or until
 * {@link #settle()} finds that a study has come to its end.
 */
public final class StudyEvaluator implements StudyEvent.Handler {
    private final StudyTables tables;
    private final Outbox outbox;
    private final String name;
    private final Plans plans;
    private final ImageSets imageSets;
    private final Trials trials;
    private final Comparisons comparisons;
    private final Fidelities fidelities;
    private final Quarantines quarantines;
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
        EarlyStops stops = new EarlyStops(tables, outbox, trials);
        this.comparisons = new Comparisons(tables, outbox, trials, stops);
        this.fidelities = new Fidelities(tables, outbox);
        this.quarantines = new Quarantines(tables, outbox);
        this.states = new StudyStates(
                tables, outbox, plans, imageSets, trials, comparisons, new DueTrials(imageSets, trials), fidelities);
    }

    /**
     * Takes an event; one that comes before its plan waits.
     *
     * @param sequence number of the event, ascending within a study, by which waiting events keep their order
     */
    public void handle(StudyEvent event, long sequence) {
        handle(List.of(event), sequence);
    }

    /**
     * Takes events of one study in their order; those that come before its plan wait.
     *
     * @param events 1 or more
     * @param sequence number of the batch, ascending within a study
     */
    public void handle(List<StudyEvent> events, long sequence) {
        String study = events.get(0).study();
        if (plans.get(study).isEmpty() && events.stream().noneMatch(Planned.class::isInstance)) {
            tables.waiting().put(String.format(Locale.ROOT, "%s/%019d", study, sequence), events);
            return;
        }
        for (int i = 0; i < events.size(); i++) {
            StudyEvent event = events.get(i);
            if (event instanceof Planned || plans.get(study).isPresent()) {
                event.to(this);
            } else {
                tables.waiting().put(String.format(Locale.ROOT, "%s/%019d/%09d", study, sequence, i), List.of(event));
            }
        }
    }

    /** Publishes the end of every study whose last trial has ended by the events so far, statistics first. */
    public void settle() {
        states.publishChangedPhases();
    }

    /** Publishes comparisons, fidelity and state of every study that has changed since they were published. */
    public void publishChanged() {
        states.publishChanged();
    }

    /** Puts what is kept in memory into the tables, before they are committed. */
    public void save() {
        fidelities.save();
    }

    /** Shows every unanswered request of a kind. */
    public void unanswered(Unanswered.Kind kind, Consumer<Unanswered> each) {
        switch (kind) {
            case IMAGE -> imageSets.unanswered((id, pending) -> each.accept(new Unanswered(kind, id, pending)));
            case TRIAL -> tables.openTrials().scan("", (id, pending) -> each.accept(new Unanswered(kind, id, pending)));
        }
    }

    @Override
    public void planned(Planned event) {
        Optional<PlannedStudy> known = plans.get(event.study());
        if (known.isEmpty()) {
            PlannedStudy study = plans.put(event.plan());
            study.trials().forEach(tables.trials()::foresee);
            states.touch(study);
            tables.waiting().scan(event.study() + "/", (key, waiting) -> {
                waiting.forEach(each -> each.to(this));
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
            study.trialsWithoutImages().forEach(trial -> request(study, trial, null));
            study.imageSets().forEach(set -> endIfComplete(study, set));
            states.touch(study);
        }
        states.phaseMayChange(study);
    }

    @Override
    public void requested(Requested event) {
        inPlan(event.study(), event.request(), TopicCatalogue.GENERATION_REQUESTS, event.at())
                .ifPresent(set -> imageSets.requested(set, event));
    }

    @Override
    public void imaged(Imaged event) {
        inPlan(event.study(), event.request(), TopicCatalogue.IMAGES, event.at())
                .ifPresent(set -> {
                    PlannedStudy study = plans.get(event.study()).orElseThrow();
                    if (imageSets.imaged(set, event)) {
                        fidelities.imaged(study, set, event);
                    }
                    imageSetChanged(study, set);
                });
    }

    @Override
    public void notImaged(NotImaged event) {
        inPlan(event.study(), event.request(), TopicCatalogue.GENERATION_OUTCOMES, event.at())
                .ifPresent(set -> {
                    imageSets.notImaged(set, event);
                    imageSetChanged(plans.get(event.study()).orElseThrow(), set);
                });
    }

    @Override
    public void trialRequested(TrialRequested event) {
        inPlan(event.trial(), TopicCatalogue.TRIALS, event.at()).ifPresent(study -> {
            trials.requested(event);
            states.touch(study);
        });
    }

    @Override
    public void trialEnded(TrialEnded event) {
        inPlan(event.trial(), TopicCatalogue.TRIAL_RESULTS, event.at()).ifPresent(study -> {
            for (Score score : event.scores()) {
                Plausibility.problem(score).ifPresent(problem -> quarantine(event, problem));
            }
            Plausibility.problem(event.cases()).ifPresent(problem -> quarantine(event, problem));
            Trials.Taken taken = trials.take(event);
            taken.conflict().ifPresent(cause -> quarantine(event, cause));
            states.touch(study);
            if (taken.ended()) {
                states.phaseMayChange(study);
            }
        });
    }

    @Override
    public void referenced(Referenced event) {
        fidelities.referenced(event.chunk());
        plans.get(event.study()).ifPresent(states::touch);
    }

    private void quarantine(TrialEnded event, String cause) {
        quarantines.add(
                event.study(),
                TopicCatalogue.TRIAL_RESULTS,
                event.at(),
                "trial %s/%d".formatted(event.trial().arm(), event.trial().repeat()),
                cause);
    }

    /** The record of an unanswered request is published again; its group had passed it by. */
    public void republish(Unanswered open, byte[] key, byte[] value) {
        remember(open, open.pending().again());
        outbox.republish(open.kind().topic(), open.pending().at(), key, value);
        plans.get(open.study()).ifPresent(study -> states.count(study, StudyProgress::withRepublished));
    }

    /** An unanswered request is given up: a generation request gets an outcome, a trial fails. */
    public void giveUp(Unanswered open, String error) {
        remember(open, open.pending().givenUp());
        switch (open.kind()) {
            case IMAGE -> park(RequestId.parse(open.id()), open.pending(), error);
            case TRIAL -> {
                TrialId trial = TrialId.parse(open.id());
                plans.get(trial.study()).filter(study -> study.plans(trial)).ifPresent(study -> {
                    if (trials.end(trial, Stage.FAILED, error)) {
                        states.touch(study);
                        states.phaseMayChange(study);
                    }
                });
            }
        }
    }

    private void remember(Unanswered open, Pending pending) {
        switch (open.kind()) {
            case IMAGE -> imageSets.pending(RequestId.parse(open.id()), pending);
            case TRIAL -> tables.openTrials().put(TrialId.parse(open.id()), pending);
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

    private void imageSetChanged(PlannedStudy study, ImageSetPlan set) {
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
            ManifestRef manifest = tally.manifest().ref(set.id().imageSet());
            set.trials().forEach(trial -> request(study, trial, manifest));
        } else {
            String reason = "its image set " + set.id().imageSet() + " failed: "
                    + set.failure(tally).orElseThrow();
            set.trials().forEach(trial -> trials.end(trial, Stage.SKIPPED, reason));
        }
        states.phaseMayChange(study);
    }

    /** Where a plan may stop early, trials are requested once it is known whether it does. */
    private void request(PlannedStudy study, TrialId trial, ManifestRef manifest) {
        if (!study.stopsEarly()) {
            trials.request(study, trial, manifest);
        }
    }

    private Optional<ImageSetPlan> inPlan(String name, RequestId request, Topic<?> topic, Position at) {
        PlannedStudy study = plans.get(name).orElseThrow();
        Optional<ImageSetPlan> set =
                study.imageSet(request.imageSet()).filter(planned -> request.index() < planned.images());
        if (set.isEmpty()) {
            unplanned(study, topic, at, "request " + request.key());
        }
        return set;
    }

    private Optional<PlannedStudy> inPlan(TrialId trial, Topic<?> topic, Position at) {
        PlannedStudy study = plans.get(trial.study()).orElseThrow();
        if (study.plans(trial)) {
            return Optional.of(study);
        }
        unplanned(study, topic, at, "trial %s/%d".formatted(trial.arm(), trial.repeat()));
        return Optional.empty();
    }

    private void unplanned(PlannedStudy study, Topic<?> topic, Position at, String subject) {
        quarantines.add(study.name(), topic, at, subject, "expected one of the plan, found none such in it");
        states.touch(study);
    }
}
