package io.synthray.evaluator.event;

import io.synthray.event.OutcomeStatus;
import io.synthray.event.ReferenceChunk;
import io.synthray.event.Study;
import io.synthray.event.TrialStatus;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import java.util.List;

/** Something that happened in a study. */
public sealed interface StudyEvent {
    /** Name of the study that the event belongs to. */
    String study();

    /** Hands the event to the method that takes its kind. */
    void to(Handler handler);

    /** One method a kind, so that a new kind does not compile until everybody handles it. */
    interface Handler {
        /** A plan was written, open or sealed. */
        void planned(Planned event);

        /** A generation request was written. */
        void requested(Requested event);

        /** An image lies in the store. */
        void imaged(Imaged event);

        /** A request made no image. */
        void notImaged(NotImaged event);

        /** A trial was requested. */
        void trialRequested(TrialRequested event);

        /** A chunk of a trial's result was written. */
        void trialEnded(TrialEnded event);

        /** Features of real images were written. */
        void referenced(Referenced event);
    }

    /**
     * A plan was written.
     *
     * @param plan the study with its plan, open or sealed
     */
    record Planned(Study plan) implements StudyEvent {
        @Override
        public String study() {
            return plan.getStudy();
        }

        @Override
        public void to(Handler handler) {
            handler.planned(this);
        }
    }

    /**
     * A generation request was written, for the first time or again.
     *
     * @param request which
     * @param at where in its topic
     */
    record Requested(RequestId request, Position at) implements StudyEvent {
        @Override
        public String study() {
            return request.imageSet().study();
        }

        @Override
        public void to(Handler handler) {
            handler.requested(this);
        }
    }

    /**
     * An image lies in the store.
     *
     * @param request the request that it answers
     * @param image what a manifest says of it
     * @param weights SHA-256 of the model's weights
     * @param embedding its features; null without
     * @param at where in its topic
     */
    record Imaged(RequestId request, StoredImage image, String weights, Embedding embedding, Position at)
            implements StudyEvent {
        @Override
        public String study() {
            return request.imageSet().study();
        }

        @Override
        public void to(Handler handler) {
            handler.imaged(this);
        }
    }

    /**
     * A request made no image and will make none.
     *
     * @param request which
     * @param status how it ended
     * @param error cause in one line
     * @param at where in its topic
     */
    record NotImaged(RequestId request, OutcomeStatus status, String error, Position at) implements StudyEvent {
        @Override
        public String study() {
            return request.imageSet().study();
        }

        @Override
        public void to(Handler handler) {
            handler.notImaged(this);
        }
    }

    /**
     * A trial was requested, for the first time or again.
     *
     * @param trial which
     * @param at where in its topic
     */
    record TrialRequested(TrialId trial, Position at) implements StudyEvent {
        @Override
        public String study() {
            return trial.study();
        }

        @Override
        public void to(Handler handler) {
            handler.trialRequested(this);
        }
    }

    /**
     * A chunk of a trial's result was written.
     *
     * @param trial which
     * @param chunk 0..chunks-1; chunk 0 carries status and scores
     * @param chunks chunks of this result
     * @param status how the trial ended
     * @param error cause in one line, null when completed
     * @param scores metrics on the test split; empty but in chunk 0
     * @param cases results of single test cases
     * @param at where in its topic
     */
    record TrialEnded(
            TrialId trial,
            int chunk,
            int chunks,
            TrialStatus status,
            String error,
            List<Score> scores,
            List<CaseOutcome> cases,
            Position at)
            implements StudyEvent {
        /** Copies the lists. */
        public TrialEnded {
            scores = List.copyOf(scores);
            cases = List.copyOf(cases);
        }

        @Override
        public String study() {
            return trial.study();
        }

        @Override
        public void to(Handler handler) {
            handler.trialEnded(this);
        }
    }

    /**
     * Features of real images were written.
     *
     * @param chunk as it stands in its topic
     */
    record Referenced(ReferenceChunk chunk) implements StudyEvent {
        @Override
        public String study() {
            return chunk.getStudy();
        }

        @Override
        public void to(Handler handler) {
            handler.referenced(this);
        }
    }
}
