package io.synthray.evaluator.event;

import io.synthray.event.CaseResult;
import io.synthray.event.GenerationOutcome;
import io.synthray.event.GenerationRequest;
import io.synthray.event.ImageMade;
import io.synthray.event.Metric;
import io.synthray.event.ReferenceChunk;
import io.synthray.event.ReferenceEmbedding;
import io.synthray.event.Study;
import io.synthray.event.TrialRequest;
import io.synthray.event.TrialResult;
import io.synthray.fidelity.Quantisation;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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

    /** A record of {@code images}; what neither a manifest nor the evaluator needs stays behind. */
    public static StudyEvent imaged(ImageMade made, Position at) {
        RequestId id = request(made.getRequest(), made.getStudy(), made.getArm(), made.getImageSet(), made.getIndex());
        StoredImage image =
                new StoredImage(StoredFile.of("sha256", made.getSha256(), made.getUri()), mask(made), made.getLabels());
        return new StudyEvent.Imaged(id, image, made.getProvenance().getWeightsSha256(), embedding(made), at);
    }

    /** A record of {@code generation.outcomes}. */
    public static StudyEvent notImaged(GenerationOutcome outcome, Position at) {
        RequestId id = request(
                outcome.getRequest(), outcome.getStudy(), outcome.getArm(), outcome.getImageSet(), outcome.getIndex());
        return new StudyEvent.NotImaged(id, outcome.getStatus(), outcome.getError(), at);
    }

    /** A record of {@code trials}. */
    public static StudyEvent trialRequested(TrialRequest request, Position at) {
        return new StudyEvent.TrialRequested(
                trial(request.getTrial(), request.getStudy(), request.getArm(), request.getRepeat()), at);
    }

    /** A record of {@code trial.results}. */
    public static StudyEvent trialEnded(TrialResult result, Position at) {
        if (result.getChunks() < 1 || result.getChunk() < 0 || result.getChunk() >= result.getChunks()) {
            throw new IllegalArgumentException("chunk %d of %d: expected 0 or more, and less than the chunks"
                    .formatted(result.getChunk(), result.getChunks()));
        }
        List<Score> scores = new ArrayList<>(result.getMetrics().size());
        result.getMetrics().forEach(metric -> scores.add(score(metric)));
        return new StudyEvent.TrialEnded(
                trial(result.getTrial(), result.getStudy(), result.getArm(), result.getRepeat()),
                result.getChunk(),
                result.getChunks(),
                result.getStatus(),
                result.getError(),
                scores,
                result.getCases().stream().map(StudyEvents::caseOutcome).toList(),
                at);
    }

    /** A record of {@code references}. */
    public static StudyEvent referenced(ReferenceChunk chunk, Position at) {
        if (chunk.getChunk() < 0 || chunk.getChunk() >= chunk.getChunks()) {
            throw new IllegalArgumentException("chunk %d of %d: expected 0 or more, and less than the chunks"
                    .formatted(chunk.getChunk(), chunk.getChunks()));
        }
        for (ReferenceEmbedding entry : chunk.getEntries()) {
            requireFeatures(Quantisation.steps(entry.getEmbedding()).length, chunk.getDimension());
        }
        return new StudyEvent.Referenced(chunk);
    }

    private static void requireFeatures(int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "embedding: expected %d features as the chunk says, found %d".formatted(expected, found));
        }
    }

    private static StoredFile mask(ImageMade made) {
        boolean hashed = made.getMaskSha256() != null;
        if (hashed != (made.getMaskUri() != null)) {
            throw new IllegalArgumentException("mask: expected maskUri and maskSha256 both or neither, found only %s"
                    .formatted(hashed ? "maskSha256" : "maskUri"));
        }
        return hashed ? StoredFile.of("maskSha256", made.getMaskSha256(), made.getMaskUri()) : null;
    }

    private static Embedding embedding(ImageMade made) {
        ByteBuffer bytes = made.getEmbedding();
        if (bytes == null || made.getEmbedder() == null) {
            return null;
        }
        if (bytes.remaining() % 2 != 0
                || bytes.remaining() == 0
                || bytes.remaining() > 2 * Quantisation.MOST_FEATURES) {
            throw new IllegalArgumentException(
                    "embedding: expected 2 bytes for each of 1 to %d features, found %d bytes"
                            .formatted(Quantisation.MOST_FEATURES, bytes.remaining()));
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return new Embedding(made.getEmbedder(), copy);
    }

    private static Score score(Metric metric) {
        return new Score(
                metric.getName(), metric.getTarget(), metric.getSubgroup(), metric.getCases(), metric.getValue());
    }

    private static CaseOutcome caseOutcome(CaseResult result) {
        return new CaseOutcome(
                result.getPatient() == null ? result.getCase$() : result.getPatient(),
                result.getCase$(),
                result.getTarget(),
                result.getValue(),
                result.getTruth() == null ? null : result.getTruth() == 1,
                result.getCalled());
    }

    private static RequestId request(String stated, String study, String arm, String imageSet, int index) {
        RequestId id = new RequestId(new ImageSetId(study, arm, imageSet), index);
        if (!id.hasKey(stated)) {
            requireSame("request", id.key(), stated);
        }
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
