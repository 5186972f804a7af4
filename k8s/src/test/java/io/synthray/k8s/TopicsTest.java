package io.synthray.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicsTest {
    private record Settings(int partitions, int replicas, Map<String, String> config) {}

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void topicsAreThoseOfTheCatalogue(Manifests manifests) {
        int copies = Integer.parseInt(manifests
                .get(Kafka.class, "synthray")
                .getSpec()
                .getKafka()
                .getConfig()
                .get("default.replication.factor")
                .toString());
        TopicNames names = new TopicNames(Addresses.of(manifests).get("SYNTHRAY_KAFKA_TOPIC_PREFIX"));
        Map<String, Settings> expected = new TreeMap<>();
        for (Topic<?> topic : TopicCatalogue.ALL) {
            expected.put(names.of(topic), new Settings(topic.partitions(), copies, new TreeMap<>(topic.settings())));
        }
        Map<String, Settings> found = new TreeMap<>();
        for (KafkaTopic topic : manifests.every(KafkaTopic.class)) {
            Map<String, String> config = new LinkedHashMap<>();
            topic.getSpec().getConfig().forEach((name, value) -> config.put(name, value.toString()));
            found.put(
                    topic.getSpec().getTopicName(),
                    new Settings(
                            topic.getSpec().getPartitions(), topic.getSpec().getReplicas(), new TreeMap<>(config)));
            assertEquals(topic.getSpec().getTopicName(), topic.getMetadata().getName());
            assertEquals("synthray", topic.getMetadata().getLabels().get("strimzi.io/cluster"));
        }
        assertEquals(expected, found);
    }
}
