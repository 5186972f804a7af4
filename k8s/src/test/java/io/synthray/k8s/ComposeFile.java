package io.synthray.k8s;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * docker-compose.yml with its variables at their defaults. The records have the part of the format that is used here
 * (https://docs.docker.com/reference/compose-file/) and refuse the rest.
 */
record ComposeFile(
        String name, Map<String, Service> services, Map<String, JsonNode> networks, Map<String, JsonNode> volumes) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");

    record Service(
            String image,
            String user,
            List<String> command,
            Map<String, String> environment,
            List<String> ports,
            List<String> volumes,
            List<String> tmpfs,
            List<String> profiles,
            JsonNode networks,
            Healthcheck healthcheck,
            String restart,
            @JsonProperty("depends_on") Map<String, Dependency> dependsOn,
            @JsonProperty("read_only") Boolean readOnly,
            @JsonProperty("cap_drop") List<String> capDrop,
            @JsonProperty("security_opt") List<String> securityOpt,
            @JsonProperty("stop_grace_period") String stopGracePeriod,
            @JsonProperty("shm_size") String shmSize,
            Deploy deploy) {

        Service {
            readOnly = Boolean.TRUE.equals(readOnly);
            command = command == null ? List.of() : command;
            environment = environment == null ? Map.of() : environment;
            ports = ports == null ? List.of() : ports;
            volumes = volumes == null ? List.of() : volumes;
            tmpfs = tmpfs == null ? List.of() : tmpfs;
            profiles = profiles == null ? List.of() : profiles;
            dependsOn = dependsOn == null ? Map.of() : dependsOn;
            capDrop = capDrop == null ? List.of() : capDrop;
            securityOpt = securityOpt == null ? List.of() : securityOpt;
        }

        /** Whether it runs in this profile. */
        boolean isIn(String profile) {
            return profiles.isEmpty() || profiles.contains(profile);
        }

        /** Names that others call it by. */
        List<String> names(String own) {
            List<String> names = new ArrayList<>(List.of(own));
            networks.at("/synthray/aliases").forEach(alias -> names.add(alias.asText()));
            return names;
        }
    }

    record Healthcheck(
            List<String> test,
            String interval,
            String timeout,
            int retries,
            @JsonProperty("start_period") String startPeriod) {}

    record Dependency(String condition, Boolean required) {}

    record Deploy(Resources resources) {}

    record Resources(Map<String, String> limits, JsonNode reservations) {}

    static ComposeFile read() {
        return read(Project.text("docker-compose.yml"));
    }

    /** @throws AssertionError when a property is unknown */
    static ComposeFile read(String text) {
        Map<Object, Object> tree =
                new LinkedHashMap<>(Yaml.documents(atDefaults(text)).get(0));
        // Extensions: parts that the rest refers to.
        tree.keySet().removeIf(key -> key.toString().startsWith("x-"));
        return Strict.read(tree, ComposeFile.class);
    }

    static String atDefaults(String text) {
        return VARIABLE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(match.group(2)));
    }

    /** The service that answers to this name where only the services of one profile run. */
    Optional<Service> answering(String name, String profile) {
        return services.entrySet().stream()
                .filter(entry -> entry.getValue().isIn(profile))
                .filter(entry -> entry.getValue().names(entry.getKey()).contains(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
