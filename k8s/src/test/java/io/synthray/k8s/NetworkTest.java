package io.synthray.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses lead to pods, and policies let through what is used and nothing else. */
class NetworkTest {
    /** Who calls whom at which port, by the pods' names; the ways that the system's flow needs. */
    private static final Set<String> WAYS = Set.of(
            "generator-worker -> sampler 8001",
            "evaluator -> registry 8080",
            "generator-worker -> registry 8080",
            "setup -> registry 8080",
            "trainer-worker -> registry 8080");

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void servicesLeadToPorts(Manifests manifests) {
        for (Service service : manifests.every(Service.class)) {
            List<Workload> behind = behind(manifests, service);
            assertEquals(1, behind.size(), service.getMetadata().getName());
            for (ServicePort port : service.getSpec().getPorts()) {
                assertEquals(
                        port.getPort(),
                        ports(behind.get(0)).get(port.getTargetPort().getStrVal()),
                        service.getMetadata().getName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void addressesAreThoseOfServices(Manifests manifests) {
        URI registry = URI.create(Addresses.of(manifests).get("SYNTHRAY_REGISTRY_URL"));
        assertServed(manifests, registry.getHost(), registry.getPort());
        Workload generator = workload(manifests, "generator-worker");
        String[] sampler = Addresses.of(manifests, generator.containers().get(0))
                .get("SYNTHRAY_INFERENCE_ADDRESS")
                .split(":", -1);
        assertServed(manifests, sampler[0], Integer.parseInt(sampler[1]));
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void statefulSetsHaveHeadlessServices(Manifests manifests) {
        for (var set : manifests.every(io.fabric8.kubernetes.api.model.apps.StatefulSet.class)) {
            Service service = manifests.get(Service.class, set.getSpec().getServiceName());
            assertEquals("None", service.getSpec().getClusterIP());
            assertEquals(
                    set.getMetadata().getName(),
                    behind(manifests, service).get(0).name());
        }
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void budgetsAreOfPodsThatThereCanBeSeveralOf(Manifests manifests) {
        Set<String> covered = new TreeSet<>();
        for (PodDisruptionBudget budget : manifests.every(PodDisruptionBudget.class)) {
            assertEquals(1, budget.getSpec().getMaxUnavailable().getIntVal());
            manifests.workloads().stream()
                    .filter(workload ->
                            workload.matches(budget.getSpec().getSelector().getMatchLabels()))
                    .forEach(workload -> covered.add(workload.name()));
        }
        Set<String> expected = manifests.workloads().stream()
                .map(Workload::name)
                .filter(name -> !Set.of("registry", "setup").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, covered);
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void nothingIsOpenButTheWaysThatAreUsed(Manifests manifests) {
        NetworkPolicy deny = manifests.get(NetworkPolicy.class, "deny");
        assertEquals(List.of("Ingress", "Egress"), deny.getSpec().getPolicyTypes());
        assertTrue(deny.getSpec().getIngress().isEmpty()
                && deny.getSpec().getEgress().isEmpty());
        for (Workload workload : manifests.workloads()) {
            assertTrue(selects(deny.getSpec().getPodSelector(), workload), workload.toString());
        }
        Set<String> open = new TreeSet<>();
        for (Workload from : manifests.workloads()) {
            for (Workload to : manifests.workloads()) {
                for (int port : ports(to).values()) {
                    if (leaves(manifests, from, to, port) && enters(manifests, from, to, port)) {
                        String target = "sampler".equals(to.labels().get("app.kubernetes.io/component"))
                                ? "sampler"
                                : to.name();
                        open.add("%s -> %s %d".formatted(from.name(), target, port));
                    }
                }
            }
        }
        assertEquals(new TreeSet<>(WAYS), open);
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void ofOtherNamespacesOnlyAutoscalerAndMonitoringComeIn(Manifests manifests) {
        Set<String> ways = new TreeSet<>();
        for (NetworkPolicy policy : manifests.every(NetworkPolicy.class)) {
            policy.getSpec().getIngress().forEach(rule -> rule.getFrom().stream()
                    .filter(peer -> peer.getNamespaceSelector() != null)
                    .forEach(peer -> rule.getPorts()
                            .forEach(port -> ways.add("%s -> %s %d"
                                    .formatted(
                                            peer.getNamespaceSelector()
                                                    .getMatchLabels()
                                                    .get("kubernetes.io/metadata.name"),
                                            policy.getMetadata().getName(),
                                            port.getPort().getIntVal())))));
        }
        assertEquals(
                Set.of("keda -> evaluator 8093", "monitoring -> generator-worker 8091", "monitoring -> sampler 8002"),
                ways);
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void servicesReachBrokerAndNames(Manifests manifests) {
        // Strimzi labels the broker's pods so.
        Map<String, String> broker = Map.of("strimzi.io/name", "synthray-kafka");
        for (String name : List.of("generator-worker", "trainer-worker", "evaluator", "setup")) {
            Workload workload = workload(manifests, name);
            assertTrue(
                    egress(manifests, workload)
                            .anyMatch(rule -> rule.getTo().stream()
                                            .anyMatch(peer -> peer.getPodSelector() != null
                                                    && broker.equals(peer.getPodSelector()
                                                            .getMatchLabels()))
                                    && allows(rule.getPorts(), 9092)),
                    name);
            assertTrue(egress(manifests, workload).anyMatch(rule -> allows(rule.getPorts(), 53)), name);
        }
    }

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void portsOfPoliciesAreServed(Manifests manifests) {
        for (NetworkPolicy policy : manifests.every(NetworkPolicy.class)) {
            policy.getSpec().getIngress().stream()
                    .flatMap(rule -> rule.getPorts().stream())
                    .forEach(port -> assertTrue(
                            manifests.workloads().stream()
                                            .filter(workload ->
                                                    selects(policy.getSpec().getPodSelector(), workload))
                                            .anyMatch(workload -> ports(workload)
                                                    .containsValue(
                                                            port.getPort().getIntVal()))
                                    || port.getPort().getIntVal() == 8002,
                            policy.getMetadata().getName() + ": " + port.getPort()));
        }
    }

    private static boolean leaves(Manifests manifests, Workload from, Workload to, int port) {
        return egress(manifests, from)
                .anyMatch(rule ->
                        allows(rule.getPorts(), port) && rule.getTo().stream().anyMatch(peer -> admits(peer, to)));
    }

    private static boolean enters(Manifests manifests, Workload from, Workload to, int port) {
        return manifests.every(NetworkPolicy.class).stream()
                .filter(policy -> selects(policy.getSpec().getPodSelector(), to))
                .flatMap(policy -> policy.getSpec().getIngress().stream())
                .anyMatch(rule ->
                        allows(rule.getPorts(), port) && rule.getFrom().stream().anyMatch(peer -> admits(peer, from)));
    }

    private static java.util.stream.Stream<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule>
            egress(Manifests manifests, Workload from) {
        return manifests.every(NetworkPolicy.class).stream()
                .filter(policy -> selects(policy.getSpec().getPodSelector(), from))
                .flatMap(policy -> policy.getSpec().getEgress().stream());
    }

    private static boolean allows(List<NetworkPolicyPort> ports, int port) {
        assertFalse(ports.isEmpty(), "a rule without ports opens all of them");
        return ports.stream().anyMatch(allowed -> allowed.getPort().getIntVal() == port);
    }

    /** Peers of other namespaces are none of our pods. */
    private static boolean admits(NetworkPolicyPeer peer, Workload workload) {
        return peer.getNamespaceSelector() == null && selects(peer.getPodSelector(), workload);
    }

    private static boolean selects(LabelSelector selector, Workload workload) {
        boolean labels = selector.getMatchLabels() == null
                || workload.labels()
                        .entrySet()
                        .containsAll(selector.getMatchLabels().entrySet());
        return labels
                && selector.getMatchExpressions().stream().allMatch(requirement -> satisfies(requirement, workload));
    }

    private static boolean satisfies(LabelSelectorRequirement requirement, Workload workload) {
        assertEquals("In", requirement.getOperator());
        return requirement.getValues().contains(workload.labels().get(requirement.getKey()));
    }

    private static void assertServed(Manifests manifests, String name, int port) {
        Service service = manifests.get(Service.class, name);
        assertTrue(service.getSpec().getPorts().stream().anyMatch(served -> served.getPort() == port), name);
    }

    private static List<Workload> behind(Manifests manifests, Service service) {
        return manifests.workloads().stream()
                .filter(workload -> workload.matches(service.getSpec().getSelector()))
                .toList();
    }

    private static Workload workload(Manifests manifests, String name) {
        return manifests.workloads().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Integer> ports(Workload workload) {
        return workload.containers().stream()
                .flatMap(container -> container.getPorts().stream())
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
    }
}
