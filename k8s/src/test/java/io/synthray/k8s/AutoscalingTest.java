package io.synthray.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Service;
import io.synthray.evaluator.reconcile.Backlog;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AutoscalingTest {
    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void evaluatorIsAskedForWhatItSays(Manifests manifests) {
        JsonNode answer = new ObjectMapper().valueToTree(new Backlog(3, 4));
        for (ScaledObject scaled : manifests.every(ScaledObject.class)) {
            assertEquals(1, scaled.spec().triggers().size());
            ScaledObject.Trigger trigger = scaled.spec().triggers().get(0);
            assertEquals("metrics-api", trigger.type());
            assertEquals("AverageValue", trigger.metricType());
            assertEquals(
                    Set.of("url", "valueLocation", "targetValue"),
                    trigger.metadata().keySet());
            assertTrue(answer.get(trigger.metadata().get("valueLocation")).isNumber());
            assertTrue(Double.parseDouble(trigger.metadata().get("targetValue")) > 0);
            URI url = URI.create(trigger.metadata().get("url"));
            Service service = manifests.get(Service.class, url.getHost().split("\\.", -1)[0]);
            assertEquals(service.getMetadata().getName() + ".synthray.svc", url.getHost());
            assertEquals(url.getPort(), service.getSpec().getPorts().get(0).getPort());
            assertEquals("evaluator", service.getSpec().getSelector().get("app.kubernetes.io/name"));
            assertEquals("/backlog", url.getPath());
        }
    }

    /** A manifest that says a number too would set it back whenever it is applied. */
    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void whatIsScaledHasNoNumberOfItsOwn(Manifests manifests) {
        Set<String> scaled = manifests.every(ScaledObject.class).stream()
                .map(object -> object.spec().scaleTargetRef().name())
                .collect(Collectors.toSet());
        assertTrue(scaled.containsAll(Set.of("generator-worker", "trainer-worker")));
        for (Workload workload : manifests.workloads()) {
            if (workload.serves()) {
                assertEquals(
                        scaled.contains(workload.name()), workload.replicas().isEmpty(), workload.toString());
            }
            scaled.remove(workload.name());
        }
        assertEquals(Set.of(), scaled);
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void idleWorkersGoAndTrainingsStay(Manifests manifests) {
        for (ScaledObject scaled : manifests.every(ScaledObject.class)) {
            assertEquals(0, scaled.spec().minReplicaCount());
            assertTrue(scaled.spec().maxReplicaCount() > 1);
            assertEquals(1, scaled.spec().fallback().replicas());
        }
        assertEquals(
                "Disabled",
                manifests
                        .get(ScaledObject.class, "trainer-worker")
                        .spec()
                        .advanced()
                        .horizontalPodAutoscalerConfig()
                        .behavior()
                        .getScaleDown()
                        .getSelectPolicy());
        Workload evaluator = manifests.workloads().stream()
                .filter(workload -> workload.name().equals("evaluator"))
                .findFirst()
                .orElseThrow();
        assertEquals(Optional.of(2), evaluator.replicas());
    }

    @Test
    void eachTritonHasOneGpuAndOnlyInItsOverlay() {
        assertEquals(Optional.of("1"), gpus("overlays/gpu"));
        assertEquals(Optional.empty(), gpus("base"));
        assertTrue(Manifests.of("overlays/cpu").workloads().stream()
                .noneMatch(workload -> workload.name().equals("triton")));
    }

    private static Optional<String> gpus(String overlay) {
        Workload triton = Manifests.of(overlay).workloads().stream()
                .filter(workload -> workload.name().equals("triton"))
                .findFirst()
                .orElseThrow();
        return Optional.ofNullable(triton.pod()
                        .getContainers()
                        .get(0)
                        .getResources()
                        .getLimits()
                        .get("nvidia.com/gpu"))
                .map(Object::toString);
    }
}
