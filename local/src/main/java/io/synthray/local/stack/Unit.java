package io.synthray.local.stack;

import io.synthray.local.platform.Program;
import io.synthray.local.platform.Readiness;

/**
 * A program and how to tell that it does its work.
 *
 * @param program what runs
 * @param readiness whether it is ready
 */
record Unit(Program program, Readiness readiness) {
    String name() {
        return program.name();
    }
}
