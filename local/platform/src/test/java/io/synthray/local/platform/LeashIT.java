package io.synthray.local.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children end with their parent, however it ends. */
class LeashIT {
    private final Distribution distribution = Distribution.current();

    @TempDir
    Path directory;

    @Test
    void childrenOfAKilledParentEnd() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsynthray.root=" + distribution.root(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String pid = parent.inputReader().readLine();
        ProcessHandle child = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        assertTrue(child.isAlive());

        parent.destroyForcibly().waitFor();

        assertEquals(child, child.onExit().get(30, TimeUnit.SECONDS));
    }

    @Test
    void aClosedChildHasEndedByTheSignal() throws Exception {
        Child child = Child.start(sleeper(), distribution, directory.resolve("child.log"));
        assertTrue(child.isAlive());
        child.close();
        assertEquals(143, child.waitFor(Duration.ofSeconds(1)));
    }

    private static Program sleeper() {
        return new Program(
                "sleeper",
                16,
                List.of(),
                List.of("-cp", System.getProperty("java.class.path"), Sleeper.class.getName()),
                List.of());
    }

    /** Starts a child, names it, and waits. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            Child child = Child.start(
                    sleeper(), Distribution.current(), Path.of(arguments[0]).resolve("child.log"));
            System.out.println(child.pid());
            Thread.sleep(60_000);
        }
    }

    /** Does nothing for a minute. */
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) throws InterruptedException {
            Thread.sleep(60_000);
        }
    }
}
