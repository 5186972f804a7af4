package io.synthray.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.synthray.evaluator.EvaluatorConfig;
import io.synthray.generator.GeneratorConfig;
import io.synthray.trainer.worker.TrainerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What manifests, compose file and images set is what the services read. */
class ConfigurationTest {
    /** Not the services': the virtual machine's, and OpenMP's. */
    private static final List<String> OF_THE_PROCESS = List.of("JAVA_TOOL_OPTIONS", "OMP_WAIT_POLICY");

    @ParameterizedTest
    @MethodSource("io.synthray.k8s.Manifests#overlays")
    void podsSetWhatServicesRead(Manifests manifests) {
        Map<String, Object> configured = new HashMap<>();
        for (Workload workload : manifests.workloads()) {
            for (Container container : workload.containers()) {
                String image = container.getImage().replaceAll(":[^:/]*$", "");
                if (Program.BY_IMAGE.containsKey(image)) {
                    Map<String, String> environment = Addresses.of(manifests, container);
                    assertComplete(Program.BY_IMAGE.get(image), environment);
                    configured.put(image, Program.BY_IMAGE.get(image).configured(environment));
                    assertPaths(
                            environment,
                            container.getVolumeMounts().stream()
                                    .map(mount -> mount.getMountPath())
                                    .toList());
                }
            }
        }
        assertEquals(Program.BY_IMAGE.keySet(), configured.keySet());
        GeneratorConfig generator = (GeneratorConfig) configured.get("synthray-generator-worker");
        TrainerConfig trainer = (TrainerConfig) configured.get("synthray-trainer-worker");
        EvaluatorConfig evaluator = (EvaluatorConfig) configured.get("synthray-evaluator");
        assertEquals(generator.store().uri(), trainer.store().uri());
        assertEquals("sampler:8001", generator.inference().address().orElseThrow());
        assertEquals(1, evaluator.evaluator().standbys());
    }

    @Test
    void composeSetsWhatServicesRead() {
        int services = 0;
        for (ComposeFile.Service service : ComposeFile.read().services().values()) {
            String image = service.image().replaceAll(":[^:/]*$", "");
            Program program = Program.BY_IMAGE.get(image);
            if (program != null) {
                Map<String, String> environment = ofTheService(BuiltImage.all().get(image));
                environment.putAll(service.environment());
                assertComplete(program, environment);
                program.configured(environment);
                assertPaths(
                        environment,
                        service.volumes().stream()
                                .map(volume -> volume.split(":", -1)[1])
                                .toList());
                services++;
            }
        }
        assertEquals(Program.BY_IMAGE.size(), services);
    }

    @Test
    void imagesSetWhatServicesRead() {
        Program.BY_IMAGE.forEach((name, program) -> {
            BuiltImage image = BuiltImage.all().get(name);
            Map<String, String> environment = ofTheService(image);
            program.configured(environment);
            assertEquals("0.0.0.0", environment.get("QUARKUS_HTTP_HOST"), name);
            assertEquals(List.of(program.port()), image.ports());
            assertPaths(environment, image.volumes());
        });
    }

    @Test
    void commandLineReadsWhatIsSetForIt() {
        String options = Project.text("producer/src/main/java/io/synthray/producer/cli/PlatformOptions.java");
        Map<String, String> inCompose =
                ComposeFile.read().services().get("setup").environment();
        Map<String, String> inCluster = new LinkedHashMap<>(Addresses.of(Manifests.of("base")));
        // It has no use for this one, which the services share with it.
        inCluster.remove("QUARKUS_LOG_CONSOLE_JSON_ENABLED");
        assertEquals(3, inCompose.size());
        assertEquals(inCompose.keySet(), inCluster.keySet());
        inCompose.keySet().forEach(variable -> assertTrue(options.contains("${env:" + variable + ":-"), variable));
    }

    /** How a Secret adds properties of the Kafka clients, as docs/deployment.md says. */
    @Test
    void clientPropertiesCanComeFromTheEnvironment() {
        TrainerConfig trainer = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new EnvConfigSource(
                        Map.of(
                                "SYNTHRAY_KAFKA_PROPERTIES__SASL_JAAS_CONFIG_", "module required;",
                                "SYNTHRAY_INFERENCE_ADDRESS", "of another service"),
                        300))
                .withMapping(TrainerConfig.class)
                .build()
                .getConfigMapping(TrainerConfig.class);
        assertEquals(
                Map.of("sasl.jaas.config", "module required;"), trainer.kafka().properties());
    }

    @Test
    void wrongNamesAndValuesAreFound() {
        Map<String, String> misspelt = Map.of("SYNTHRAY_KAFKA_BOOTSTRAP_SERVER", "kafka:9092");
        assertThrows(AssertionError.class, () -> Program.GENERATOR.configured(misspelt));
        Map<String, String> notANumber = Map.of("SYNTHRAY_EVALUATOR_STANDBYS", "one");
        assertThrows(ConfigValidationException.class, () -> Program.EVALUATOR.configured(notANumber));
        Map<String, String> ofAnother = Map.of("SYNTHRAY_INFERENCE_ADDRESS", "sampler:8001");
        assertThrows(AssertionError.class, () -> Program.TRAINER.configured(ofAnother));
        Map<String, String> notATime = Map.of("SYNTHRAY_EVALUATOR_TRANSACTION_TIMEOUT", "soon");
        assertThrows(ConfigValidationException.class, () -> Program.EVALUATOR.configured(notATime));
    }

    /** Addresses have no defaults: all that the service has must be given. */
    private static void assertComplete(Program program, Map<String, String> environment) {
        for (String needed : List.of(
                "SYNTHRAY_KAFKA_BOOTSTRAP_SERVERS",
                "SYNTHRAY_REGISTRY_URL",
                "SYNTHRAY_INFERENCE_ADDRESS",
                "SYNTHRAY_STORE_URI")) {
            assertTrue(
                    !program.keys().containsKey(needed) || environment.containsKey(needed),
                    () -> program.module() + ": expected " + needed + ", found " + environment.keySet());
        }
    }

    /** Folders that are written to are volumes: everything else is read-only. */
    private static void assertPaths(Map<String, String> environment, List<String> volumes) {
        for (String variable : List.of("SYNTHRAY_STORE_URI", "SYNTHRAY_EVALUATOR_STATE_DIR")) {
            String value = environment.get(variable);
            if (value != null) {
                Path folder = Path.of(value.replaceFirst("^file://", ""));
                assertTrue(
                        volumes.stream().anyMatch(volume -> folder.startsWith(Path.of(volume))),
                        () -> "expected a volume for %s, found %s".formatted(value, volumes));
            }
        }
    }

    private static Map<String, String> ofTheService(BuiltImage image) {
        Map<String, String> environment = new LinkedHashMap<>(image.environment());
        environment.keySet().removeAll(OF_THE_PROCESS);
        return environment;
    }
}
