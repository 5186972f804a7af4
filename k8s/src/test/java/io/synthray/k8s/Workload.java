package io.synthray.k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What makes pods.
 *
 * @param kind Deployment, StatefulSet or Job
 * @param replicas pods that it asks for; empty where an autoscaler says it, or for a job
 * @param selector labels of its pods; empty for a job
 * @param claims volumes that each pod gets for itself
 */
record Workload(
        String kind,
        String name,
        Optional<Integer> replicas,
        Map<String, String> selector,
        PodTemplateSpec template,
        List<PersistentVolumeClaim> claims) {

    static Optional<Workload> of(HasMetadata resource) {
        String name = resource.getMetadata().getName();
        if (resource instanceof Deployment deployment) {
            return Optional.of(new Workload(
                    "Deployment",
                    name,
                    Optional.ofNullable(deployment.getSpec().getReplicas()),
                    deployment.getSpec().getSelector().getMatchLabels(),
                    deployment.getSpec().getTemplate(),
                    List.of()));
        }
        if (resource instanceof StatefulSet set) {
            return Optional.of(new Workload(
                    "StatefulSet",
                    name,
                    Optional.ofNullable(set.getSpec().getReplicas()),
                    set.getSpec().getSelector().getMatchLabels(),
                    set.getSpec().getTemplate(),
                    set.getSpec().getVolumeClaimTemplates()));
        }
        if (resource instanceof Job job) {
            return Optional.of(new Workload(
                    "Job", name, Optional.empty(), Map.of(), job.getSpec().getTemplate(), List.of()));
        }
        return Optional.empty();
    }

    boolean serves() {
        return !kind.equals("Job");
    }

    PodSpec pod() {
        return template.getSpec();
    }

    Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    /** Containers, those that prepare the pod included. */
    List<Container> containers() {
        return Stream.concat(pod().getInitContainers().stream(), pod().getContainers().stream())
                .toList();
    }

    /** Whether the pod has all of these labels; no labels are nobody's. */
    boolean matches(Map<String, String> labels) {
        return labels != null && !labels.isEmpty() && labels().entrySet().containsAll(labels.entrySet());
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
