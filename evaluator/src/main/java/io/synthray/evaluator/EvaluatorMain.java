package io.synthray.evaluator;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.jboss.logging.Logger;

/** The process: exits with 1 and one line when it cannot start or go on, with 0 when it is told to stop. */
@QuarkusMain
public class EvaluatorMain implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(EvaluatorMain.class);

    private final Evaluator evaluator;

    EvaluatorMain(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    @Override
    public int run(String... args) {
        try {
            evaluator.start();
            Quarkus.waitForExit();
            return evaluator.hasFailed() ? 1 : 0;
        } catch (StartupException e) {
            LOG.error("cannot start: " + e.getMessage());
            return 1;
        } finally {
            evaluator.stop();
        }
    }
}
