package io.synthray.it;

import io.synthray.event.CaseResult;
import io.synthray.event.ImageMade;
import io.synthray.event.ManifestChunk;
import io.synthray.event.Metric;
import io.synthray.event.Statistics;
import io.synthray.event.TrialRequest;
import io.synthray.event.TrialResult;
import io.synthray.event.TrialStatus;
import io.synthray.producer.broker.Events;
import io.synthray.producer.broker.Platform;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a study has come to, as any reader of its topics sees it: the first event counts, but for statistics, which are
 * compacted. Times, workers and places are left out, since those may differ between two runs of one plan.
 *
 * @param images canonical images by request
 * @param manifests contents of frozen image sets by key
 * @param trials trial requests by trial
 * @param results results by trial and chunk
 * @param statistics last statistics by comparison
 */
record Outcome(
        Map<String, ImageMade> images,
        Map<String, Manifest> manifests,
        Map<String, TrialRequest> trials,
        Map<String, Result> results,
        Map<String, Statistics> statistics) {

    /**
     * @param digest digest of the whole manifest
     * @param entries index, hash of the image, hash of its mask
     */
    record Manifest(String digest, List<String> entries) {
        static Manifest of(ManifestChunk chunk) {
            return new Manifest(
                    chunk.getDigest(),
                    chunk.getEntries().stream()
                            .map(entry -> entry.getIndex() + " " + entry.getSha256() + " " + entry.getMaskSha256())
                            .toList());
        }
    }

    /**
     * @param status how the trial ended
     * @param metrics of the test split
     * @param cases of each test case
     */
    record Result(TrialStatus status, List<Metric> metrics, List<CaseResult> cases) {
        static Result of(TrialResult result) {
            return new Result(result.getStatus(), result.getMetrics(), result.getCases());
        }

        /** The mean over all targets. */
        double mean(String metric) {
            return metrics.stream()
                    .filter(m -> m.getName().equals(metric) && m.getTarget() == null)
                    .mapToDouble(Metric::getValue)
                    .findFirst()
                    .orElseThrow();
        }
    }

    static Outcome read(Platform platform, String study) {
        Events events = new Events(platform);
        return new Outcome(
                collect(events, TopicCatalogue.IMAGES, study, ImageMade::getRequest, image -> image, first()),
                collect(
                        events,
                        TopicCatalogue.MANIFESTS,
                        study,
                        chunk -> chunk.getArm() + "/" + chunk.getImageSet() + "/" + chunk.getChunk(),
                        Manifest::of,
                        first()),
                collect(events, TopicCatalogue.TRIALS, study, TrialRequest::getTrial, trial -> trial, first()),
                collect(
                        events,
                        TopicCatalogue.TRIAL_RESULTS,
                        study,
                        result -> result.getTrial() + "/" + result.getChunk(),
                        Result::of,
                        first()),
                collect(
                        events,
                        TopicCatalogue.STATISTICS,
                        study,
                        Statistics::getComparison,
                        statistics -> statistics,
                        (earlier, later) -> later));
    }

    private static <V> BinaryOperator<V> first() {
        return (earlier, later) -> earlier;
    }

    private static <T extends SpecificRecord, V> Map<String, V> collect(
            Events events,
            Topic<T> topic,
            String study,
            Function<T, String> key,
            Function<T, V> value,
            BinaryOperator<V> merge) {
        Map<String, V> found = new TreeMap<>();
        events.read(
                topic,
                recordKey -> recordKey.startsWith(study + "/"),
                (recordKey, event) -> found.merge(key.apply(event), value.apply(event), merge));
        return found;
    }

    /** Hash of the canonical image and of its mask, by request. */
    Map<String, String> imageHashes() {
        Map<String, String> hashes = new TreeMap<>();
        images.forEach((request, image) -> hashes.put(request, image.getSha256() + " " + image.getMaskSha256()));
        return hashes;
    }
}
