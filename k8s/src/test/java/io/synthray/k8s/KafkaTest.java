package io.synthray.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.synthray.generator.GeneratorConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaTest {
    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void brokersKeepWhatShareGroupsNeed(Manifests manifests) {
        Kafka kafka = manifests.get(Kafka.class, "synthray");
        Map<String, Object> config = kafka.getSpec().getKafka().getConfig();
        int nodes = manifests.every(KafkaNodePool.class).stream()
                .mapToInt(pool -> pool.getSpec().getReplicas())
                .sum();
        int copies = Math.min(3, nodes);
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            assertEquals(copies, config.get(topic + ".replication.factor"), topic);
        }
        assertEquals(copies, config.get("default.replication.factor"));
        int inSync = copies == 1 ? 1 : copies - 1;
        for (String setting : List.of(
                "min.insync.replicas", "transaction.state.log.min.isr", "share.coordinator.state.topic.min.isr")) {
            assertEquals(inSync, config.get(setting), setting);
        }
        assertEquals(false, config.get("auto.create.topics.enable"));
        assertEquals("4.2.0", kafka.getSpec().getKafka().getVersion());
        assertEquals("4.2-IV1", kafka.getSpec().getKafka().getMetadataVersion());
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void shareGroupHasRoomForEveryGenerator(Manifests manifests) {
        int workers =
                manifests.get(ScaledObject.class, "generator-worker").spec().maxReplicaCount();
        GeneratorConfig defaults = (GeneratorConfig) Program.GENERATOR.configured(Map.of());
        int members = workers * defaults.generator().consumers();
        Object room = manifests
                .get(Kafka.class, "synthray")
                .getSpec()
                .getKafka()
                .getConfig()
                .get("group.share.max.size");
        assertTrue(members <= (int) room, members + " members, room for " + room);
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void bootstrapServiceIsStrimzis(Manifests manifests) {
        Kafka kafka = manifests.get(Kafka.class, "synthray");
        var listener = kafka.getSpec().getKafka().getListeners().get(0);
        assertEquals(
                kafka.getMetadata().getName() + "-kafka-bootstrap:" + listener.getPort(),
                Addresses.of(manifests).get("SYNTHRAY_KAFKA_BOOTSTRAP_SERVERS"));
        for (KafkaNodePool pool : manifests.every(KafkaNodePool.class)) {
            assertEquals(
                    kafka.getMetadata().getName(),
                    pool.getMetadata().getLabels().get("strimzi.io/cluster"));
        }
    }
}
