package io.synthray.k8s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The resources of one overlay as a cluster gets them: rendered by kustomize itself and read into typed models. */
final class Manifests {
    private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.ofEntries(
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
            Map.entry("keda.sh/v1alpha1/ScaledObject", ScaledObject.class));

    private final String overlay;
    private final List<HasMetadata> all;

    private Manifests(String overlay, List<HasMetadata> all) {
        this.overlay = overlay;
        this.all = List.copyOf(all);
    }

    /** Every folder that can be applied. */
    static Stream<Manifests> overlays() {
        return Stream.of("base", "overlays/gpu", "overlays/cpu").map(Manifests::of);
    }

    static Manifests of(String overlay) {
        return read(overlay, Rendering.of(overlay));
    }

    /** @throws AssertionError when a resource is of no known kind or has a property that its kind does not have */
    static Manifests read(String overlay, String text) {
        List<HasMetadata> all = new ArrayList<>();
        for (Map<?, ?> document : Yaml.documents(text)) {
            String type = document.get("apiVersion") + "/" + document.get("kind");
            Class<? extends HasMetadata> model = TYPES.get(type);
            if (model == null) {
                throw new AssertionError(overlay + ": expected one of " + TYPES.keySet() + ", found " + type);
            }
            all.add(Strict.read(document, model));
        }
        return new Manifests(overlay, all);
    }

    List<HasMetadata> all() {
        return all;
    }

    <T> List<T> every(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> Optional<T> find(Class<T> type, String name) {
        return every(type).stream()
                .filter(resource -> resource.getMetadata().getName().equals(name))
                .findFirst();
    }

    <T extends HasMetadata> T get(Class<T> type, String name) {
        return find(type, name)
                .orElseThrow(() -> new AssertionError(
                        "%s: expected a %s named %s, found none".formatted(overlay, type.getSimpleName(), name)));
    }

    /** Pods that are made, whatever makes them. */
    List<Workload> workloads() {
        return all.stream().flatMap(resource -> Workload.of(resource).stream()).toList();
    }

    @Override
    public String toString() {
        return overlay;
    }
}
