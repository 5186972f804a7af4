package io.synthray.service;

/** What a process runs until it is told to stop. */
public interface Service {
    /**
     * Starts it and returns.
     *
     * @throws StartupException when something that it needs is not right
     */
    void start();

    /** Ends it in order; may be called when it has not started, or only half. */
    void stop();

    /** Whether it ended by itself, since it could not go on. */
    default boolean hasFailed() {
        return false;
    }
}
