package io.synthray.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the project. */
final class Project {
    static final Path ROOT = Path.of(System.getProperty("synthray.root")).toAbsolutePath();
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>synthray-parent</artifactId>\\s*<version>([^<]+)</version>");

    private Project() {}

    static Path file(String name) {
        return ROOT.resolve(name);
    }

    static String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version that the build gives to everything. */
    static String version() {
        Matcher matcher = VERSION.matcher(text("pom.xml"));
        if (!matcher.find()) {
            throw new IllegalStateException("pom.xml: expected a version");
        }
        return matcher.group(1);
    }
}
