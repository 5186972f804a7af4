package io.synthray.producer.cli;

/** What the command line's exit says to scripts. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;

    /** It could not be done, or a watched study has failed; the message says why. */
    public static final int FAILURE = 1;

    /** The command was not understood: unknown option, missing or malformed value. */
    public static final int USAGE = 2;

    /** A watched study had not ended when the time was up. */
    public static final int TIMED_OUT = 3;

    private ExitCode() {}
}
