package io.synthray.local.platform;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A built source tree, in which everything that runs on one machine lies.
 *
 * @param root the project's root
 */
public record Distribution(Path root) {
    /** The tree that the system property {@code synthray.root} names, as the launch script and the build set it. */
    public static Distribution current() {
        return new Distribution(
                Path.of(System.getProperty("synthray.root", ".")).toAbsolutePath());
    }

    /** Kafka's server. */
    public Path broker() {
        return built("local/broker/target/synthray-broker.jar");
    }

    /** The Apicurio application. */
    public Path registry() {
        Path folder = built("local/registry/target/application");
        try (var files = Files.newDirectoryStream(folder, "*-runner.jar")) {
            return files.iterator().next();
        } catch (java.io.IOException | java.util.NoSuchElementException e) {
            throw missing(folder.resolve("*-runner.jar"));
        }
    }

    /** The Java agent that ends a process when its starter is gone. */
    public Path leash() {
        return built("local/leash/target/synthray-leash.jar");
    }

    /** A Quarkus service, for instance {@code generator-worker}. */
    public Path service(String module) {
        return built(module + "/target/quarkus-app/quarkus-run.jar");
    }

    /** Class path of a Quarkus service's classes, for another program in it. */
    public String serviceClassPath(String module) {
        Path folder = built(module + "/target/quarkus-app");
        return Stream.of("app", "lib/boot", "lib/main")
                .map(part -> folder.resolve(part) + "/*")
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Class path of the embedded inference server. */
    public String inferenceClassPath() {
        return built("inference/target/classes") + File.pathSeparator + built("inference/target/lib") + "/*";
    }

    /** Starts NVIDIA's Triton, which it installs on first use. */
    public Path triton() {
        return built("triton/serve");
    }

    /** Folder with the models that come with Synthray. */
    public Path modelRepository() {
        return built("triton/repository");
    }

    private Path built(String path) {
        Path file = root.resolve(path);
        if (!Files.exists(file)) {
            throw missing(file);
        }
        return file;
    }

    private static IllegalStateException missing(Path file) {
        return new IllegalStateException(file + " is not there: build first, for instance by ./synthray build");
    }
}
