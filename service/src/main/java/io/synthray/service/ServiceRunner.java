package io.synthray.service;

import io.quarkus.runtime.Quarkus;
import org.jboss.logging.Logger;

/** The life of a service's process. */
public final class ServiceRunner {
    private static final Logger LOG = Logger.getLogger(ServiceRunner.class);

    private ServiceRunner() {}

    /**
     * Runs the service until the process is told to stop.
     *
     * @return the process's exit code: 1, with one line in the log, when it could not start or go on; 0 otherwise
     */
    public static int run(Service service) {
        try {
            service.start();
            Quarkus.waitForExit();
            return service.hasFailed() ? 1 : 0;
        } catch (StartupException e) {
            LOG.error("cannot start: " + e.getMessage());
            return 1;
        } finally {
            service.stop();
        }
    }
}
