package io.synthray.evaluator.reconcile;

import io.synthray.evaluator.study.Unanswered.Kind;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Asks the broker how far share groups and evaluators are. */
public final class GroupReader {
    private static final long TIMEOUT_SECONDS = 10;

    private final Admin admin;
    private final TopicNames names;
    private final String applicationId;
    private final List<TopicPartition> answers;
    private final List<TopicPartition> gathered;

    /**
     * @param admin connection to the broker; the caller closes it
     * @param names names at the broker
     * @param applicationId the evaluators' consumer group
     * @param partitions partitions that events are gathered into
     */
    public GroupReader(Admin admin, TopicNames names, String applicationId, int partitions) {
        this.admin = admin;
        this.names = names;
        this.applicationId = applicationId;
        this.answers = Stream.of(
                        TopicCatalogue.IMAGES, TopicCatalogue.GENERATION_OUTCOMES, TopicCatalogue.TRIAL_RESULTS)
                .flatMap(topic -> partitions(topic).stream())
                .toList();
        this.gathered = partitions(applicationId + "-by-study-repartition", partitions);
    }

    /**
     * One look. The order matters: ends of the requests come before the groups, so that a group without lag is done at least up
     * to them; for the rest see {@link Settlement}.
     *
     * @throws ExecutionException when the broker refuses
     * @throws TimeoutException when it does not answer
     */
    Observation read() throws ExecutionException, TimeoutException, InterruptedException {
        Map<Kind, Map<TopicPartition, Long>> ends = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            ends.put(kind, offsets(partitions(kind.topic()), OffsetSpec.latest(), IsolationLevel.READ_COMMITTED));
        }
        Map<Kind, Map<TopicPartition, SharePartitionOffsetInfo>> groups = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            groups.put(kind, group(kind));
        }
        Map<TopicPartition, Long> answerEnds = endsOf(answers);
        Map<TopicPartition, Long> gatheredEnds = endsOf(gathered);
        Map<TopicPartition, Long> committed = new HashMap<>();
        get(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return new Observation(
                new PassedBy(passedBy(groups, ends)),
                answerEnds,
                gatheredEnds,
                committed,
                new Backlog(open(Kind.IMAGE, groups), open(Kind.TRIAL, groups)));
    }

    private Map<TopicPartition, SharePartitionOffsetInfo> group(Kind kind)
            throws ExecutionException, TimeoutException, InterruptedException {
        String group = names.of(kind.group());
        try {
            return get(admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(group));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw e;
        }
    }

    /**
     * The broker writes a group's start offset down with the next settled record only, so that the last settled records of a
     * partition stay at or after it; a lag of 0 says that they are settled, too.
     */
    private static Map<Kind, Map<Integer, Long>> passedBy(
            Map<Kind, Map<TopicPartition, SharePartitionOffsetInfo>> groups,
            Map<Kind, Map<TopicPartition, Long>> ends) {
        Map<Kind, Map<Integer, Long>> offsets = new EnumMap<>(Kind.class);
        groups.forEach((kind, partitions) -> {
            Map<Integer, Long> done = new HashMap<>();
            partitions.forEach((partition, info) -> {
                if (info != null) {
                    boolean all = info.lag().isPresent() && info.lag().get() == 0;
                    long end = ends.get(kind).getOrDefault(partition, 0L);
                    done.put(partition.partition(), all ? Math.max(end, info.startOffset()) : info.startOffset());
                }
            });
            offsets.put(kind, done);
        });
        return offsets;
    }

    /** The groups' own count; a partition that a group has not begun is open from its beginning. */
    private long open(Kind kind, Map<Kind, Map<TopicPartition, SharePartitionOffsetInfo>> groups)
            throws ExecutionException, TimeoutException, InterruptedException {
        long open = 0;
        List<TopicPartition> unbegun = partitions(kind.topic());
        for (Map.Entry<TopicPartition, SharePartitionOffsetInfo> partition :
                groups.get(kind).entrySet()) {
            if (partition.getValue() != null && partition.getValue().lag().isPresent()) {
                open += partition.getValue().lag().get();
                unbegun.remove(partition.getKey());
            }
        }
        for (long end : offsets(unbegun, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED)
                .values()) {
            open += end;
        }
        for (long begin : offsets(unbegun, OffsetSpec.earliest(), IsolationLevel.READ_COMMITTED)
                .values()) {
            open -= begin;
        }
        return open;
    }

    private Map<TopicPartition, Long> endsOf(List<TopicPartition> partitions)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
        offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED)
                .forEach((partition, begin) -> ends.remove(partition, begin));
        return ends;
    }

    private Map<TopicPartition, Long> offsets(
            List<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(admin.listOffsets(
                                partitions.stream().collect(Collectors.toMap(Function.identity(), p -> which)),
                                new ListOffsetsOptions(isolation))
                        .all())
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private List<TopicPartition> partitions(Topic<?> topic) {
        return partitions(names.of(topic), topic.partitions());
    }

    private static List<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toList());
    }

    private static <R> R get(KafkaFuture<R> future) throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
