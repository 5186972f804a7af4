package io.synthray.k8s;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.synthray.evaluator.EvaluatorConfig;
import io.synthray.generator.GeneratorConfig;
import io.synthray.trainer.worker.TrainerConfig;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A service, as far as its own code says how it is configured.
 *
 * @param module its folder
 * @param mapping its configuration's interface
 */
record Program(String module, Class<?> mapping) {
    static final Program GENERATOR = new Program("generator-worker", GeneratorConfig.class);
    static final Program TRAINER = new Program("trainer-worker", TrainerConfig.class);
    static final Program EVALUATOR = new Program("evaluator", EvaluatorConfig.class);

    /** By the names of their images. */
    static final Map<String, Program> BY_IMAGE = Map.of(
            "synthray-generator-worker", GENERATOR,
            "synthray-trainer-worker", TRAINER,
            "synthray-evaluator", EVALUATOR);

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /** Port that it serves its health on unless told otherwise. */
    int port() {
        return Integer.parseInt(applicationProperties().getProperty("quarkus.http.port"));
    }

    /**
     * Reads its configuration from these environment variables, as Quarkus does.
     *
     * @throws AssertionError when a variable sets nothing that the service has, or sets it to something that it cannot be
     */
    Object configured(Map<String, String> environment) {
        Map<String, String> keys = keys();
        Map<String, String> values = new LinkedHashMap<>();
        environment.forEach((variable, value) -> {
            String key = keys.get(variable);
            if (key == null) {
                throw new AssertionError("%s: expected one of %s, found %s".formatted(module, keys.keySet(), variable));
            }
            values.put(key, value);
        });
        values.keySet().removeIf(key -> !key.startsWith("synthray."));
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(new PropertiesConfigSource(values, "environment", 300))
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
    }

    /** Keys by the environment variables that set them: those of the mapping, and Quarkus' own that the service's file names. */
    Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        collect("synthray", mapping, keys);
        for (String key : applicationProperties().stringPropertyNames()) {
            keys.put(variable(key), key);
        }
        return keys;
    }

    private static void collect(String prefix, Class<?> group, Map<String, String> keys) {
        for (Method method : group.getDeclaredMethods()) {
            if (method.isSynthetic()) {
                continue;
            }
            String key = prefix + "."
                    + HUMP.matcher(method.getName()).replaceAll("-").toLowerCase(Locale.ROOT);
            if (isGroup(method.getReturnType())) {
                collect(key, method.getReturnType(), keys);
            } else {
                keys.put(variable(key), key);
            }
        }
    }

    private static boolean isGroup(Class<?> type) {
        return type.isInterface() && type.getName().startsWith("io.synthray.");
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private Properties applicationProperties() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Project.text(module + "/src/main/resources/application.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
