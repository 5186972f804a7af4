package io.synthray.evaluator.reconcile;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when it is sure that a request behind a group's offset has no answer. Workers write the answer before they settle the
 * request with the group; so every answer to what a group had left behind at some time lies before the ends that the answers'
 * partitions had right after it. The evaluators have counted those answers when they have committed past these ends, and past the
 * ends that the gathering topic had after that.
 */
final class Settlement {
    private PassedBy candidate;
    private Map<TopicPartition, Long> answers;
    private Map<TopicPartition, Long> gathered;
    private boolean answersRead;
    private PassedBy settled = PassedBy.NOTHING;

    /** Takes one more look at the broker. */
    void observe(Observation seen) {
        if (candidate == null) {
            candidate = seen.groups();
            answers = seen.answers();
        } else if (answersRead && gathered == null) {
            gathered = seen.gathered();
        }
        answersRead = answersRead || isPast(seen.committed(), answers);
        if (gathered != null && isPast(seen.committed(), gathered)) {
            settled = candidate;
            candidate = null;
            gathered = null;
            answersRead = false;
        }
    }

    /** The newest state of the groups whose answers have all been counted. */
    PassedBy settled() {
        return settled;
    }

    private static boolean isPast(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
}
