package io.synthray.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Triton finds what the models' image has copied for it. */
class TritonTest {
    private static final List<String> SETTINGS = List.of(
            "--model-repository=/synthray/models",
            "--model-control-mode=explicit",
            "--load-model=sampler",
            "--load-model=embedder",
            "--strict-readiness=true",
            "--exit-on-error=true",
            "--allow-metrics=true");

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/gpu"})
    void repositoryAndPackagesAreWhereTritonLooks(String overlay) {
        Workload workload = Manifests.of(overlay).workloads().stream()
                .filter(candidate -> candidate.name().equals("triton"))
                .findFirst()
                .orElseThrow();
        Container models = workload.pod().getInitContainers().get(0);
        Container triton = workload.pod().getContainers().get(0);
        List<String> copied = BuiltImage.all().get("synthray-models").entrypoint();
        assertEquals(List.of("/bin/cp", "-R", "/models", "/python", "/target"), copied);
        assertEquals(mounts(models).get("/target"), mounts(triton).get("/synthray"));
        assertTrue(triton.getArgs().containsAll(SETTINGS));
        assertEquals("/synthray/python", environment(triton).get("SYNTHRAY_SITE_PACKAGES"));
        assertTrue(Project.text("triton/repository/sampler/1/model.py").contains("\"SYNTHRAY_SITE_PACKAGES\""));
    }

    @org.junit.jupiter.api.Test
    void composeGivesTritonTheSame() {
        ComposeFile compose = ComposeFile.read();
        ComposeFile.Service triton = compose.services().get("triton");
        assertTrue(triton.command().containsAll(SETTINGS));
        assertEquals(List.of("models:/target"), compose.services().get("models").volumes());
        assertEquals(List.of("models:/synthray:ro"), triton.volumes());
        assertEquals("/synthray/python", triton.environment().get("SYNTHRAY_SITE_PACKAGES"));
    }

    private static Map<String, String> mounts(Container container) {
        return container.getVolumeMounts().stream()
                .collect(Collectors.toMap(VolumeMount::getMountPath, VolumeMount::getName));
    }

    private static Map<String, String> environment(Container container) {
        return container.getEnv().stream()
                .collect(Collectors.toMap(variable -> variable.getName(), variable -> variable.getValue()));
    }
}
