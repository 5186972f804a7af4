package io.synthray.it;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What services can be told: as their code says it, and as their pages do. Keys with their defaults; empty where there is none. */
final class ConfigurationPages {
    private static final String DEFAULT = "io.smallrye.config.WithDefault";
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final String HEADING = "## Configuration";

    private ConfigurationPages() {}

    /** Keys of a {@code @ConfigMapping}, nested groups included, read from its byte code. */
    static Map<String, Optional<String>> mapped(JavaClass mapping, String prefix) {
        Map<String, Optional<String>> keys = new TreeMap<>();
        for (JavaMethod method : mapping.getMethods()) {
            String key = prefix + "." + kebab(method.getName());
            JavaClass type = method.getRawReturnType();
            if (type.isAssignableTo(Map.class)) {
                keys.put(key + ".*", Optional.empty());
            } else if (type.isInterface() && type.getPackageName().startsWith("io.synthray")) {
                keys.putAll(mapped(type, key));
            } else {
                keys.put(
                        key,
                        method.tryGetAnnotationOfType(DEFAULT)
                                .map(annotation -> annotation.get("value").orElseThrow())
                                .map(value -> value.toString().replace("${user.home}", "~")));
            }
        }
        return keys;
    }

    /** Keys of a page's table under the heading Configuration; a row may name several keys and as many defaults. */
    static Map<String, Optional<String>> documented(Path page) throws IOException {
        Map<String, Optional<String>> keys = new TreeMap<>();
        String text = Files.readString(page);
        text.substring(text.indexOf(HEADING))
                .lines()
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> {
                    List<String> cells = List.of(line.split("(?<!\\\\)\\|", -1));
                    List<String> names = code(cells.get(1));
                    List<String> defaults = code(cells.get(2));
                    for (int i = 0; i < names.size(); i++) {
                        keys.put(names.get(i), i < defaults.size() ? Optional.of(defaults.get(i)) : Optional.empty());
                    }
                });
        return keys;
    }

    /** A service's own settings of Quarkus. */
    static Properties own(Path applicationProperties) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(applicationProperties)) {
            properties.load(reader);
        }
        return properties;
    }

    private static List<String> code(String cell) {
        List<String> found = new ArrayList<>();
        Matcher matcher = CODE.matcher(cell);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String kebab(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
