package io.synthray.local.stack;

import io.synthray.local.platform.Program;
import io.synthray.local.platform.Readiness;
import java.time.Duration;

/**
 * A program and how to tell that it does its work.
 *
 * @param program what runs
 * @param readiness whether it is ready
 * @param patience how long its start may take
 */
record Unit(Program program, Readiness readiness, Duration patience) {
    private static final Duration USUAL = Duration.ofSeconds(90);

    /** A program that starts within 90 s. */
    Unit(Program program, Readiness readiness) {
        this(program, readiness, USUAL);
    }

    String name() {
        return program.name();
    }
}
