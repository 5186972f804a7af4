package io.synthray.k8s;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pod is as Kubernetes' restricted standard wants it, and more; what it names is there. */
class PodsTest {
    /** Images of others, with the versions that the manifests were written for. */
    private static final Set<String> OTHERS =
            Set.of("quay.io/apicurio/apicurio-registry:3.0.9", "nvcr.io/nvidia/tritonserver:25.06-py3");

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void podsAreRestricted(Manifests manifests) {
        forEach(manifests, (workload, container) -> {
            PodSecurityContext pod = workload.pod().getSecurityContext();
            assertTrue(pod.getRunAsNonRoot());
            assertTrue(pod.getRunAsUser() > 0);
            assertEquals("RuntimeDefault", pod.getSeccompProfile().getType());
            SecurityContext own = container.getSecurityContext();
            assertFalse(own.getAllowPrivilegeEscalation());
            assertTrue(own.getReadOnlyRootFilesystem());
            assertEquals(List.of("ALL"), own.getCapabilities().getDrop());
            assertTrue(own.getCapabilities().getAdd().isEmpty());
            assertNull(own.getPrivileged());
            assertNull(own.getRunAsUser());
            assertNull(own.getRunAsNonRoot());
            assertNull(workload.pod().getHostNetwork());
            assertNull(workload.pod().getHostPID());
            assertTrue(workload.pod().getVolumes().stream().allMatch(volume -> volume.getHostPath() == null));
            assertTrue(container.getPorts().stream().allMatch(port -> port.getHostPort() == null));
        });
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void podsHaveAccountsThatCannotAskTheCluster(Manifests manifests) {
        forEach(manifests, (workload, container) -> {
            assertFalse(workload.pod().getAutomountServiceAccountToken());
            assertFalse(manifests
                    .get(ServiceAccount.class, workload.pod().getServiceAccountName())
                    .getAutomountServiceAccountToken());
            assertEquals(workload.name(), workload.pod().getServiceAccountName());
        });
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void containersSayWhatTheyNeed(Manifests manifests) {
        forEach(manifests, (workload, container) -> {
            var resources = container.getResources();
            assertEquals(Set.of("cpu", "memory"), resources.getRequests().keySet());
            assertTrue(resources.getLimits().containsKey("memory"));
            assertTrue(resources
                            .getLimits()
                            .get("memory")
                            .getNumericalAmount()
                            .compareTo(resources.getRequests().get("memory").getNumericalAmount())
                    >= 0);
        });
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void servingContainersHaveThreeProbesOnPortsOfTheirs(Manifests manifests) {
        for (Workload workload : manifests.workloads()) {
            if (workload.serves()) {
                for (Container container : workload.pod().getContainers()) {
                    assertProbe(container, container.getStartupProbe());
                    assertProbe(container, container.getLivenessProbe());
                    assertProbe(container, container.getReadinessProbe());
                }
            }
        }
    }

    private static void assertProbe(Container container, Probe probe) {
        assertNotNull(probe, container.getName() + ": expected a probe");
        IntOrString port = probe.getHttpGet() == null
                ? probe.getTcpSocket().getPort()
                : probe.getHttpGet().getPort();
        assertTrue(
                container.getPorts().stream()
                        .map(ContainerPort::getName)
                        .anyMatch(name -> name.equals(port.getStrVal())),
                container.getName() + ": no port " + port.getStrVal());
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void servicesAreAskedWhereTheyAnswer(Manifests manifests) {
        forEach(manifests, (workload, container) -> {
            Program program = Program.BY_IMAGE.get(image(container));
            if (program != null) {
                assertEquals(
                        Map.of("http", program.port()),
                        container.getPorts().stream()
                                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort)));
                assertEquals(
                        "/q/health/started",
                        container.getStartupProbe().getHttpGet().getPath());
                assertEquals(
                        "/q/health/live",
                        container.getLivenessProbe().getHttpGet().getPath());
                assertEquals(
                        "/q/health/ready",
                        container.getReadinessProbe().getHttpGet().getPath());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void imagesAreBuiltHereOrPinned(Manifests manifests) {
        Map<String, BuiltImage> built = BuiltImage.all();
        forEach(manifests, (workload, container) -> {
            String image = container.getImage();
            if (!OTHERS.contains(image)) {
                assertTrue(built.containsKey(image(container)), "not built: " + image);
                assertEquals(image(container) + ":" + Project.version(), image);
                assertTrue(
                        mountPaths(container)
                                .containsAll(built.get(image(container)).volumes()),
                        () -> "expected all of %s, found %s"
                                .formatted(built.get(image(container)).volumes(), mountPaths(container)));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void volumesThatAreMountedAreThere(Manifests manifests) {
        Set<String> claims = manifests.every(PersistentVolumeClaim.class).stream()
                .map(claim -> claim.getMetadata().getName())
                .collect(Collectors.toSet());
        for (Workload workload : manifests.workloads()) {
            Set<String> there = Stream.concat(
                            workload.pod().getVolumes().stream().map(Volume::getName),
                            workload.claims().stream()
                                    .map(claim -> claim.getMetadata().getName()))
                    .collect(Collectors.toSet());
            Set<String> mounted = workload.containers().stream()
                    .flatMap(container -> container.getVolumeMounts().stream())
                    .map(VolumeMount::getName)
                    .collect(Collectors.toSet());
            assertEquals(there, mounted, workload.toString());
            for (Volume volume : workload.pod().getVolumes()) {
                boolean claim = volume.getPersistentVolumeClaim() != null;
                assertTrue(claim || volume.getEmptyDir() != null, workload + ": " + volume.getName());
                assertTrue(
                        !claim
                                || claims.contains(
                                        volume.getPersistentVolumeClaim().getClaimName()),
                        workload + ": " + volume.getName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void podsAreSelectedByWhatMakesThem(Manifests manifests) {
        for (Workload workload : manifests.workloads()) {
            assertTrue(!workload.serves() || workload.matches(workload.selector()), workload.toString());
            assertEquals("synthray", workload.labels().get("app.kubernetes.io/part-of"));
            assertEquals(workload.name(), workload.labels().get("app.kubernetes.io/name"));
        }
        for (HasMetadata resource : manifests.all()) {
            boolean itself = resource.getKind().equals("Namespace");
            assertEquals(itself ? null : "synthray", resource.getMetadata().getNamespace(), () -> resource.toString());
        }
    }

    /** Longest that each service's own shutdown takes, seconds: samples under way, training, stream; then connections. */
    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void podsAreGivenTheTimeThatShutdownTakes(Manifests manifests) {
        Map<String, Long> longest = Map.of("generator-worker", 30L, "trainer-worker", 40L, "evaluator", 20L);
        longest.forEach((name, seconds) -> {
            Workload workload = manifests.workloads().stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertTrue(workload.pod().getTerminationGracePeriodSeconds() > seconds, name);
        });
    }

    private static List<String> mountPaths(Container container) {
        return container.getVolumeMounts().stream()
                .map(VolumeMount::getMountPath)
                .toList();
    }

    private static String image(Container container) {
        return container.getImage().replaceAll(":[^:/]*$", "");
    }

    private static void forEach(Manifests manifests, BiConsumer<Workload, Container> check) {
        List<Workload> workloads = manifests.workloads();
        assertEquals(6, workloads.size());
        assertAll(workloads.stream()
                .flatMap(workload -> workload.containers().stream().map(container -> () -> {
                    try {
                        check.accept(workload, container);
                    } catch (AssertionError | RuntimeException e) {
                        throw new AssertionError(
                                "%s: %s, container %s: %s".formatted(manifests, workload, container.getName(), e), e);
                    }
                })));
    }
}
