package io.synthray.local.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JVM that can be started.
 *
 * @param name for people and for its log file
 * @param heapMebibytes largest heap
 * @param options of the JVM, system properties among them
 * @param main {@code -jar FILE} or {@code -cp PATH CLASS}
 * @param arguments of the program
 */
public record Program(String name, int heapMebibytes, List<String> options, List<String> main, List<String> arguments) {
    private static final int NO_JVM = 0;

    /** Copies the lists. */
    public Program {
        options = List.copyOf(options);
        main = List.copyOf(main);
        arguments = List.copyOf(arguments);
    }

    /** The program in a jar that says which of its classes is to run. */
    static Program jar(String name, int heapMebibytes, Path jar, Map<String, String> properties, String... arguments) {
        List<String> options = new ArrayList<>();
        properties.forEach((key, value) -> options.add("-D" + key + "=" + value));
        return new Program(name, heapMebibytes, options, List.of("-jar", jar.toString()), List.of(arguments));
    }

    /** A program that is no JVM's; it has to end by itself when its standard input does. */
    static Program script(String name, Path file, String... arguments) {
        return new Program(name, NO_JVM, List.of(), List.of(file.toString()), List.of(arguments));
    }

    /** The same with further options of the JVM in front. */
    Program with(List<String> more) {
        List<String> all = new ArrayList<>(more);
        all.addAll(options);
        return new Program(name, heapMebibytes, all, main, arguments);
    }

    /**
     * The command line.
     *
     * @param leash the agent that ends the process when its starter is gone
     */
    List<String> command(Path leash) {
        List<String> command = new ArrayList<>();
        if (heapMebibytes == NO_JVM) {
            command.addAll(main);
            command.addAll(arguments);
            return command;
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMebibytes + "m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-javaagent:" + leash);
        command.addAll(options);
        command.addAll(main);
        command.addAll(arguments);
        return command;
    }
}
