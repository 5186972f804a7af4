package io.synthray.trainer.worker;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.jboss.logging.Logger;

/** The process: exits with 1 and one line when it cannot start, with 0 when it is told to stop. */
@QuarkusMain
public class TrainerMain implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(TrainerMain.class);

    private final TrainerWorker worker;

    TrainerMain(TrainerWorker worker) {
        this.worker = worker;
    }

    @Override
    public int run(String... args) {
        try {
            worker.start();
            Quarkus.waitForExit();
            return 0;
        } catch (StartupException e) {
            LOG.error("cannot start: " + e.getMessage());
            return 1;
        } finally {
            worker.stop();
        }
    }
}
