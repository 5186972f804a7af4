package io.synthray.evaluator;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.synthray.service.ServiceRunner;

/** The process: exits with 1 and one line when it cannot start or go on, with 0 when it is told to stop. */
@QuarkusMain
public class EvaluatorMain implements QuarkusApplication {
    private final Evaluator evaluator;

    EvaluatorMain(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    @Override
    public int run(String... args) {
        return ServiceRunner.run(evaluator);
    }
}
