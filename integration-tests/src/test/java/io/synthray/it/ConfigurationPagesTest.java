package io.synthray.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.synthray.local.platform.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key of a service's configuration is in its README with its default, and nothing else is. */
class ConfigurationPagesTest {
    private static JavaClasses all;

    private final Path root = Distribution.current().root();

    @BeforeAll
    static void importClasses() {
        all = Modules.classes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"generator-worker", "trainer-worker", "evaluator"})
    void saysWhatCanBeSet(String module) throws IOException {
        Map<String, Optional<String>> mapped = ConfigurationPages.mapped(mapping(module), "synthray");
        assertTrue(mapped.size() >= 8, mapped.toString());
        Map<String, Optional<String>> documented = new TreeMap<>(page(module));
        documented.keySet().removeIf(key -> key.startsWith("quarkus."));
        assertEquals(mapped, documented);
    }

    @ParameterizedTest
    @ValueSource(strings = {"generator-worker", "trainer-worker", "evaluator"})
    void saysWhereQuarkusListens(String module) throws IOException {
        Properties own =
                ConfigurationPages.own(root.resolve(module).resolve("src/main/resources/application.properties"));
        Map<String, Optional<String>> documented = new TreeMap<>(page(module));
        documented.keySet().removeIf(key -> !key.startsWith("quarkus."));
        for (String key : List.of("quarkus.http.host", "quarkus.http.port", "quarkus.log.console.json.enabled")) {
            assertEquals(Optional.of(own.getProperty(key)), documented.get(key), key);
        }
        documented.forEach((key, value) -> assertEquals(own.getProperty(key), value.orElse(null), key));
    }

    private Map<String, Optional<String>> page(String module) throws IOException {
        return ConfigurationPages.documented(root.resolve(module).resolve("README.md"));
    }

    private static JavaClass mapping(String module) {
        String packageName = "io.synthray." + module.replace("-worker", "");
        List<JavaClass> mappings = all.stream()
                .filter(each -> each.getPackageName().startsWith(packageName))
                .filter(each -> each.isAnnotatedWith("io.smallrye.config.ConfigMapping"))
                .toList();
        assertEquals(1, mappings.size(), "mappings of " + module);
        return mappings.get(0);
    }
}
