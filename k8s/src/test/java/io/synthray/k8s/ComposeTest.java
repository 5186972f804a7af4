package io.synthray.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeTest {
    private static final Set<String> OTHERS = Set.of("kafka", "registry", "triton");
    /** They end by themselves. */
    private static final Set<String> JOBS = Set.of("setup", "models", "producer");

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void portsAreOpenOnThisMachineOnly() {
        Set<String> published = new TreeSet<>();
        forEach((name, service) -> {
            for (String port : service.ports()) {
                assertTrue(port.startsWith("127.0.0.1:"), name + ": " + port);
                published.add(name);
            }
        });
        assertTrue(published.containsAll(Set.of("kafka", "registry", "inference", "evaluator")));
    }

    @Test
    void noTwoServicesOfAProfilePublishOnePort() {
        for (String profile : List.of("cpu", "gpu")) {
            List<String> published = compose.services().values().stream()
                    .filter(service -> service.isIn(profile))
                    .flatMap(service -> service.ports().stream())
                    .map(port -> port.split(":", -1)[1])
                    .toList();
            assertEquals(published.size(), Set.copyOf(published).size(), published.toString());
        }
    }

    @Test
    void imagesAreBuiltHereOrPinned() {
        Set<String> built = BuiltImage.all().keySet();
        String registryVersion =
                Project.text("pom.xml").replaceAll("(?s).*<apicurio-registry-app.version>([^<]+)<.*", "$1");
        forEach((name, service) -> {
            String[] image = service.image().split(":(?=[^:/]+$)", -1);
            if (OTHERS.contains(name)) {
                assertTrue(image[1].matches("[0-9].*"), service.image());
            } else {
                assertTrue(built.contains(image[0]), service.image());
                assertEquals(Project.version(), image[1], name);
            }
        });
        assertEquals(
                "quay.io/apicurio/apicurio-registry:" + registryVersion,
                compose.services().get("registry").image());
        assertEquals(built, usedOf(built));
        assertTrue(Project.text(".env").contains("SYNTHRAY_VERSION=" + Project.version() + "\n"));
    }

    private Set<String> usedOf(Set<String> built) {
        return compose.services().values().stream()
                .map(service -> service.image().split(":(?=[^:/]+$)", -1)[0])
                .filter(built::contains)
                .collect(Collectors.toSet());
    }

    /** Triton runs what the cluster's Triton runs. */
    @Test
    void otherImagesAreThoseOfTheCluster() {
        Set<String> inCluster = Manifests.of("base").workloads().stream()
                .flatMap(workload -> workload.containers().stream())
                .map(container -> container.getImage())
                .collect(Collectors.toSet());
        assertTrue(inCluster.containsAll(Set.of(
                compose.services().get("triton").image(),
                compose.services().get("registry").image())));
    }

    @Test
    void ourOwnServicesCanWriteNowhereButInVolumes() {
        Map<String, BuiltImage> built = BuiltImage.all();
        forEach((name, service) -> {
            assertEquals(name.equals("kafka") ? List.of() : List.of("ALL"), service.capDrop(), name);
            if (!OTHERS.contains(name)) {
                assertTrue(service.readOnly(), name);
                assertEquals(List.of("no-new-privileges:true"), service.securityOpt(), name);
                assertEquals(List.of("/tmp:exec,mode=1777"), service.tmpfs(), name);
                List<String> writable = Stream.concat(
                                service.volumes().stream().map(volume -> volume.split(":", -1)[1]), Stream.of("/tmp"))
                        .toList();
                assertTrue(
                        writable.containsAll(built.get(service.image().replaceAll(":[^:/]*$", ""))
                                .volumes()),
                        name);
            }
        });
    }

    @Test
    void everyServiceHasLimitsAndALifeToBeWatched() {
        forEach((name, service) -> {
            assertEquals(
                    Set.of("cpus", "memory"),
                    service.deploy().resources().limits().keySet(),
                    name);
            assertEquals(JOBS.contains(name), service.healthcheck() == null, name);
            assertNotNull(service.restart(), name);
        });
    }

    @Test
    void servicesAreAskedWhereTheyAnswer() {
        forEach((name, service) -> {
            Program program = Program.BY_IMAGE.get(service.image().replaceAll(":[^:/]*$", ""));
            if (program != null) {
                assertEquals(
                        List.of("CMD-SHELL", "curl -fsS http://127.0.0.1:" + program.port() + "/q/health/ready"),
                        service.healthcheck().test());
                assertTrue(service.ports().get(0).endsWith(":" + program.port()), name);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void addressesAreThoseOfServices(String profile) {
        forEach((name, service) -> Stream.of(
                        "SYNTHRAY_KAFKA_BOOTSTRAP_SERVERS", "SYNTHRAY_REGISTRY_URL", "SYNTHRAY_INFERENCE_ADDRESS")
                .filter(service.environment()::containsKey)
                .forEach(variable -> {
                    String[] address = service.environment()
                            .get(variable)
                            .replaceFirst("^http://", "")
                            .split(":", -1);
                    ComposeFile.Service target = compose.answering(address[0], profile)
                            .orElseThrow(() -> new AssertionError(
                                    "%s: nobody is called %s with profile %s".formatted(name, address[0], profile)));
                    assertTrue(
                            target.ports().stream().anyMatch(port -> port.endsWith(":" + address[1]))
                                    || target.environment()
                                            .getOrDefault("KAFKA_LISTENERS", "")
                                            .contains("INTERNAL://:" + address[1]),
                            name + ": " + variable);
                }));
    }

    @Test
    void dependenciesAreThereAndVolumesAreDeclared() {
        forEach((name, service) -> {
            service.dependsOn().forEach((other, dependency) -> {
                ComposeFile.Service target = compose.services().get(other);
                assertNotNull(target, name + ": " + other);
                boolean ends = dependency.condition().equals("service_completed_successfully");
                assertEquals(ends, JOBS.contains(other), name + ": " + other);
                // What a profile leaves out must not be waited for.
                boolean always =
                        target.profiles().isEmpty() || target.profiles().equals(service.profiles());
                assertEquals(!always, Boolean.FALSE.equals(dependency.required()), name + ": " + other);
            });
            service.volumes().stream()
                    .map(volume -> volume.split(":", -1)[0])
                    .filter(source -> !source.startsWith("."))
                    .forEach(source -> assertTrue(compose.volumes().containsKey(source), name + ": " + source));
        });
        for (String name : List.of("generator-worker", "trainer-worker", "evaluator")) {
            assertTrue(compose.services()
                    .get(name)
                    .dependsOn()
                    .keySet()
                    .containsAll(Set.of("kafka", "registry", "setup")));
        }
    }

    @Test
    void generatorsWriteWhereTrainersRead() {
        assertTrue(compose.services().get("generator-worker").volumes().contains("store:/var/lib/synthray/store"));
        assertTrue(compose.services().get("trainer-worker").volumes().contains("store:/var/lib/synthray/store"));
    }

    @Test
    void brokerHasTheSettingsThatShareGroupsNeed() {
        Map<String, String> broker = compose.services().get("kafka").environment();
        assertEquals("1", broker.get("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR"));
        assertEquals("1", broker.get("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR"));
        assertEquals("false", broker.get("KAFKA_AUTO_CREATE_TOPICS_ENABLE"));
        var inCluster = Manifests.of("base")
                .get(io.strimzi.api.kafka.model.kafka.Kafka.class, "synthray")
                .getSpec()
                .getKafka()
                .getConfig();
        inCluster.forEach((setting, value) -> {
            if (setting.startsWith("group.share") || setting.startsWith("transaction.abort")) {
                String variable =
                        "KAFKA_" + setting.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
                assertEquals(value.toString(), broker.get(variable), setting);
            }
        });
    }

    private void forEach(BiConsumer<String, ComposeFile.Service> check) {
        assertEquals(10, compose.services().size());
        compose.services().forEach(check);
    }
}
