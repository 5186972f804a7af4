package io.synthray.evaluator.topology;

import io.synthray.evaluator.event.Position;
import io.synthray.event.GenerationOutcome;
import io.synthray.event.ManifestChunk;
import io.synthray.event.Statistics;
import io.synthray.event.StudyState;
import io.synthray.event.TrialRequest;
import io.synthray.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.jboss.logging.Logger;

/** One line for each decision. */
final class OutboxLog {
    private static final Logger LOG = Logger.getLogger(OutboxLog.class);

    private OutboxLog() {}

    static void published(SpecificRecord event) {
        if (event instanceof ManifestChunk chunk && chunk.getChunk() == 0) {
            LOG.infof(
                    "study=%s arm=%s imageSet=%s frozen: %d images, digest %s",
                    chunk.getStudy(), chunk.getArm(), chunk.getImageSet(), chunk.getImages(), chunk.getDigest());
        } else if (event instanceof TrialRequest trial) {
            LOG.infof("study=%s arm=%s repeat=%d trial requested", trial.getStudy(), trial.getArm(), trial.getRepeat());
        } else if (event instanceof GenerationOutcome outcome) {
            LOG.warnf(
                    "study=%s arm=%s request=%s %s",
                    outcome.getStudy(), outcome.getArm(), outcome.getRequest(), outcome.getError());
        } else if (event instanceof Statistics statistics) {
            LOG.infof(
                    "study=%s comparison=%s %s: %d of %d pairs",
                    statistics.getStudy(),
                    statistics.getComparison(),
                    statistics.getStatus(),
                    statistics.getPairs().size(),
                    statistics.getPlanned());
        } else if (event instanceof StudyState state) {
            LOG.debugf("study=%s %s", state.getStudy(), state.getPhase());
        }
    }

    static void republished(Topic<?> topic, Position from, byte[] key) {
        LOG.warnf(
                "request=%s published again: its share group has passed %s/%d/%d by",
                new String(key, StandardCharsets.UTF_8), topic.name(), from.partition(), from.offset());
    }
}
