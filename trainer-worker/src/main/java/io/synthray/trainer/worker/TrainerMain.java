package io.synthray.trainer.worker;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.synthray.service.ServiceRunner;

/** The process: exits with 1 and one line when it cannot start, with 0 when it is told to stop. */
@QuarkusMain
public class TrainerMain implements QuarkusApplication {
    private final TrainerWorker worker;

    TrainerMain(TrainerWorker worker) {
        this.worker = worker;
    }

    @Override
    public int run(String... args) {
        return ServiceRunner.run(worker);
    }
}
