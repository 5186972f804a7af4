package io.synthray.evaluator.reconcile;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What the broker said, in this order.
 *
 * @param groups how far the share groups are done
 * @param answers ends of the partitions that answers stand in (images, outcomes, results); empty partitions are left out
 * @param gathered ends of the partitions that events are gathered into by study; empty partitions are left out
 * @param committed offsets before which the evaluators have counted everything
 * @param backlog records that the groups have not settled
 */
record Observation(
        PassedBy groups,
        Map<TopicPartition, Long> answers,
        Map<TopicPartition, Long> gathered,
        Map<TopicPartition, Long> committed,
        Backlog backlog) {}
