package io.synthray.evaluator.event;

import io.synthray.event.GenerationOutcome;
import io.synthray.event.GenerationRequest;
import io.synthray.event.ImageMade;
import io.synthray.event.Metric;
import io.synthray.event.Study;
import io.synthray.event.TrialRequest;
import io.synthray.event.TrialResult;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import java.util.List;

/**
 * Reads study events out of the topics' records, a method a topic. Each throws {@link IllegalArgumentException} where a record
 * contradicts itself, with a message that says what was expected and what was found.
 */
public final class StudyEvents {
    private StudyEvents() {}

    /** A record of {@code studies}. */
    public static StudyEvent planned(Study study, Position at) {
        PlanCheck.require(study);
        return new StudyEvent.Planned(study);
    }

    /** A record of {@code generation.requests}. */
    public static StudyEvent requested(GenerationRequest request, Position at) {
        RequestId id = request(
                request.getRequest(), request.getStudy(), request.getArm(), request.getImageSet(), request.getIndex());
        return new StudyEvent.Requested(id, at);
    }

    /** A record of {@code images}; the embedding and all that a manifest does not name stay behind. */
    public static StudyEvent imaged(ImageMade made, Position at) {
        RequestId id = request(made.getRequest(), made.getStudy(), made.getArm(), made.getImageSet(), made.getIndex());
        StoredImage image = new StoredImage(
                made.getUri(), made.getSha256(), made.getMaskUri(), made.getMaskSha256(), made.getLabels());
        return new StudyEvent.Imaged(id, image);
    }

    /** A record of {@code generation.outcomes}. */
    public static StudyEvent notImaged(GenerationOutcome outcome, Position at) {
        RequestId id = request(
                outcome.getRequest(), outcome.getStudy(), outcome.getArm(), outcome.getImageSet(), outcome.getIndex());
        return new StudyEvent.NotImaged(id, outcome.getStatus(), outcome.getError());
    }

    /** A record of {@code trials}. */
    public static StudyEvent trialRequested(TrialRequest request, Position at) {
        return new StudyEvent.TrialRequested(
                trial(request.getTrial(), request.getStudy(), request.getArm(), request.getRepeat()), at);
    }

    /** A record of {@code trial.results}; the results of single cases stay behind. */
    public static StudyEvent trialEnded(TrialResult result, Position at) {
        if (result.getChunks() < 1 || result.getChunk() < 0 || result.getChunk() >= result.getChunks()) {
            throw new IllegalArgumentException("chunk %d of %d: expected 0 or more, and less than the chunks"
                    .formatted(result.getChunk(), result.getChunks()));
        }
        List<Score> scores =
                result.getMetrics().stream().map(StudyEvents::score).toList();
        return new StudyEvent.TrialEnded(
                trial(result.getTrial(), result.getStudy(), result.getArm(), result.getRepeat()),
                result.getChunk(),
                result.getChunks(),
                result.getStatus(),
                result.getError(),
                scores);
    }

    private static Score score(Metric metric) {
        return new Score(metric.getName(), metric.getTarget(), metric.getValue());
    }

    private static RequestId request(String stated, String study, String arm, String imageSet, int index) {
        RequestId id = new RequestId(new ImageSetId(study, arm, imageSet), index);
        requireSame("request", id.key(), stated);
        return id;
    }

    private static TrialId trial(String stated, String study, String arm, int repeat) {
        TrialId id = new TrialId(study, arm, repeat);
        requireSame("trial", id.key(), stated);
        return id;
    }

    private static void requireSame(String field, String expected, String found) {
        if (!expected.equals(found)) {
            throw new IllegalArgumentException(
                    "%s: expected '%s' as the other fields say, found '%s'".formatted(field, expected, found));
        }
    }
}
