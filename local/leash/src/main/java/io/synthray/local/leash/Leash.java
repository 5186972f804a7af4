package io.synthray.local.leash;

import java.io.IOException;
import java.io.InputStream;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * A Java agent ({@code -javaagent:synthray-leash.jar}) that ends its JVM when standard input does. The starter holds the other
 * end of that pipe, and the operating system closes it when the starter is gone, killed without a word included: so no program
 * is left behind, whoever wrote it.
 */
public final class Leash {
    /** The exit code of a JVM that was told to end, as after {@code SIGTERM}. */
    private static final int TERMINATED = 143;

    private static final long GRACE_MILLIS = 20_000;

    private Leash() {}

    /**
     * Starts to watch; called by the JVM before the program's own {@code main}.
     *
     * @param arguments not used
     */
    public static void premain(String arguments) {
        // Ctrl-C reaches every process of a terminal at once; the starter is to end the others in its own order.
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        daemon("leash", () -> {
            awaitEnd(System.in);
            daemon("leash-grace", Leash::haltAfterGrace);
            System.exit(TERMINATED);
        });
    }

    private static void awaitEnd(InputStream input) {
        try {
            while (input.read() >= 0) {
                // What is written there has no meaning; only its end has.
            }
        } catch (IOException e) {
            // A pipe that cannot be read is as good as closed.
            return;
        }
    }

    /** An orderly end that hangs is cut short. */
    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(TERMINATED);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
