package io.synthray.producer.submit;

import io.synthray.producer.broker.CommittedRecords;
import io.synthray.producer.broker.Platform;
import io.synthray.producer.broker.PlatformUnavailableException;
import io.synthray.schemas.topic.ShareGroup;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Asks the broker how much work waits in each partition of the requests, and chooses a study's partitions by it. */
final class RequestPartitions {
    private final Platform platform;

    RequestPartitions(Platform platform) {
        this.platform = platform;
    }

    static TopicPartition partition(Platform platform, int number) {
        return new TopicPartition(platform.name(TopicCatalogue.GENERATION_REQUESTS), number);
    }

    /** Where a study's requests go, the emptiest first. */
    List<Integer> chosenFor(String study, long requests) {
        return PartitionChoice.of(load(), study, requests);
    }

    private Map<Integer, Long> load() {
        List<TopicPartition> partitions = IntStream.range(0, TopicCatalogue.GENERATION_REQUESTS.partitions())
                .mapToObj(number -> partition(platform, number))
                .toList();
        Map<TopicPartition, Long> ends = new CommittedRecords(platform).ends(partitions);
        Map<TopicPartition, SharePartitionOffsetInfo> taken = taken(partitions);
        Map<Integer, Long> load = new HashMap<>();
        for (TopicPartition partition : partitions) {
            load.put(partition.partition(), lag(taken.get(partition), ends.get(partition)));
        }
        return load;
    }

    private static long lag(SharePartitionOffsetInfo info, long end) {
        if (info == null || info.startOffset() < 0) {
            return end;
        }
        return info.lag().filter(lag -> lag >= 0).orElse(end - info.startOffset());
    }

    /** Where the group stands; nothing before its first worker has come. */
    private Map<TopicPartition, SharePartitionOffsetInfo> taken(List<TopicPartition> partitions) {
        String group = platform.names().of(ShareGroup.GENERATORS);
        try (Admin admin = Admin.create(platform.kafka().client(Map.of()))) {
            return admin.listShareGroupOffsets(
                            Map.of(group, new ListShareGroupOffsetsSpec().topicPartitions(partitions)))
                    .partitionsToOffsetInfo(group)
                    .get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw unavailable(e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private PlatformUnavailableException unavailable(Throwable cause) {
        return new PlatformUnavailableException(
                "the broker at %s did not tell the lag of its generators: %s"
                        .formatted(platform.kafka().bootstrapServers(), cause.getMessage()),
                cause);
    }
}
