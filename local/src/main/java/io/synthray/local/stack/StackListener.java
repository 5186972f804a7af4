package io.synthray.local.stack;

import java.time.Duration;
import java.util.List;

/** Is told what happens to the programs of a stack. */
public interface StackListener {
    /** These have been started and are waited for. */
    void waitingFor(List<String> programs);

    /** This one does its work now. */
    void ready(String program, Duration after);

    /** This one ended though nobody had told it to, and is started again. */
    void restarting(String program, int exitCode);

    /** All are told to end. */
    void stopping();
}
