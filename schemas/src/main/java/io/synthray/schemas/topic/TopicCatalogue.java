package io.synthray.schemas.topic;

import static io.synthray.schemas.topic.Topic.Cleanup.COMPACT;
import static io.synthray.schemas.topic.Topic.Cleanup.DELETE;
import static io.synthray.schemas.topic.Topic.FOREVER;

import io.synthray.event.Control;
import io.synthray.event.DeadLetter;
import io.synthray.event.Fidelity;
import io.synthray.event.GenerationOutcome;
import io.synthray.event.GenerationRequest;
import io.synthray.event.ImageMade;
import io.synthray.event.ManifestChunk;
import io.synthray.event.ReferenceChunk;
import io.synthray.event.Review;
import io.synthray.event.Statistics;
import io.synthray.event.Study;
import io.synthray.event.StudyState;
import io.synthray.event.Subgroups;
import io.synthray.event.TrialProgress;
import io.synthray.event.TrialRequest;
import io.synthray.event.TrialResult;
import java.time.Duration;
import java.util.List;

/**
 * Every topic of the system. One record class a topic, one kind of writer a key. The order of {@link #ALL} is the order in
 * which schemas are registered, so that a fresh registry always gives them the same ids: append, never insert.
 */
public final class TopicCatalogue {
    /** Partitions that the requests of a big study are kept to, so that a small one is not stuck behind it. */
    public static final int SPREAD = 8;

    /** Partitions that a small study may have, so that the turn of each member of the generators comes to it often. */
    public static final int WIDE_SPREAD = 32;

    private static final Duration MONTH = Duration.ofDays(30);

    /** Plans: OPEN before the first request, SEALED after the last. */
    public static final Topic<Study> STUDIES = new Topic<>("studies", "study", Study.class, 4, COMPACT, FOREVER);

    /** Where each study stands. */
    public static final Topic<StudyState> STUDY_STATES =
            new Topic<>("study.states", "study", StudyState.class, 4, COMPACT, FOREVER);

    /** Images to sample. Kept without limit, since a request that expires unseen would be lost. */
    public static final Topic<GenerationRequest> GENERATION_REQUESTS =
            new Topic<>("generation.requests", "request", GenerationRequest.class, 64, DELETE, FOREVER);

    /** Images that lie in the store. */
    public static final Topic<ImageMade> IMAGES =
            new Topic<>("images", "study/arm/image set", ImageMade.class, 8, DELETE, MONTH);

    /** Requests that made no image. */
    public static final Topic<GenerationOutcome> GENERATION_OUTCOMES =
            new Topic<>("generation.outcomes", "request", GenerationOutcome.class, 8, DELETE, FOREVER);

    /** Frozen image sets. */
    public static final Topic<ManifestChunk> MANIFESTS =
            new Topic<>("manifests", "study/arm/image set/chunk", ManifestChunk.class, 4, COMPACT, FOREVER);

    /** Radiologists' rankings. */
    public static final Topic<Review> REVIEWS =
            new Topic<>("reviews", "study/request/reviewer", Review.class, 4, COMPACT, FOREVER);

    /** Trainings to run. */
    public static final Topic<TrialRequest> TRIALS =
            new Topic<>("trials", "trial", TrialRequest.class, 16, DELETE, FOREVER);

    /** Trainings on their way. */
    public static final Topic<TrialProgress> TRIAL_PROGRESS =
            new Topic<>("trial.progress", "trial", TrialProgress.class, 4, DELETE, Duration.ofDays(7));

    /** Ends of trainings, a chunk a record. */
    public static final Topic<TrialResult> TRIAL_RESULTS =
            new Topic<>("trial.results", "trial/chunk", TrialResult.class, 8, COMPACT, FOREVER);

    /** Comparisons as they stand. */
    public static final Topic<Statistics> STATISTICS =
            new Topic<>("statistics", "study/comparison", Statistics.class, 4, COMPACT, FOREVER);

    /** Stop, pause, resume. */
    public static final Topic<Control> CONTROL =
            new Topic<>("control", "study/arm/issuer", Control.class, 1, COMPACT, FOREVER);

    /** Records that a service could not read. */
    public static final Topic<DeadLetter> DEAD_LETTERS =
            new Topic<>("dead.letters", "topic/partition/offset", DeadLetter.class, 4, DELETE, MONTH);

    /** Features of real train images. */
    public static final Topic<ReferenceChunk> REFERENCES =
            new Topic<>("references", "study/side/chunk", ReferenceChunk.class, 4, COMPACT, FOREVER);

    /** How image sets compare with real images. */
    public static final Topic<Fidelity> FIDELITY =
            new Topic<>("fidelity", "study/arm/image set", Fidelity.class, 4, COMPACT, FOREVER);

    /** Comparisons by subgroup of the test cases. */
    public static final Topic<Subgroups> SUBGROUPS =
            new Topic<>("subgroups", "study/comparison", Subgroups.class, 4, COMPACT, FOREVER);

    /** Every topic in the order of registration. */
    public static final List<Topic<?>> ALL = List.of(
            STUDIES,
            STUDY_STATES,
            GENERATION_REQUESTS,
            IMAGES,
            GENERATION_OUTCOMES,
            MANIFESTS,
            REVIEWS,
            TRIALS,
            TRIAL_PROGRESS,
            TRIAL_RESULTS,
            STATISTICS,
            CONTROL,
            DEAD_LETTERS,
            REFERENCES,
            FIDELITY,
            SUBGROUPS);

    private TopicCatalogue() {}
}
