package io.synthray.k8s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.LinkedHashMap;
import java.util.Map;

/** Environment variables that come from ConfigMaps. */
final class Addresses {
    private Addresses() {}

    /** The one ConfigMap, whatever name its content has given it. */
    static Map<String, String> of(Manifests manifests) {
        return manifests.every(ConfigMap.class).get(0).getData();
    }

    /** Everything that a container finds in its environment; what only the cluster knows has a stand-in. */
    static Map<String, String> of(Manifests manifests, Container container) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvFromSource source : container.getEnvFrom()) {
            if (source.getConfigMapRef() != null) {
                environment.putAll(manifests
                        .get(ConfigMap.class, source.getConfigMapRef().getName())
                        .getData());
            }
        }
        for (EnvVar variable : container.getEnv()) {
            environment.put(variable.getName(), variable.getValue() == null ? "pod" : variable.getValue());
        }
        return environment;
    }
}
