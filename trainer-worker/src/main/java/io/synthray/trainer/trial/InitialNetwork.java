package io.synthray.trainer.trial;

import io.synthray.event.Network;
import io.synthray.event.Recipe;
import io.synthray.event.TrialRequest;
import io.synthray.trainer.data.UnusableDataException;
import io.synthray.trainer.engine.Objective;
import io.synthray.trainer.engine.Script;
import io.synthray.trainer.engine.TrainableNetwork;
import io.synthray.trainer.engine.TrainingEngine;

/**
 * The network that a training begins with.
 *
 * @param network to be closed by the caller
 * @param taken tensors that came from the file of start weights
 */
record InitialNetwork(TrainableNetwork network, int taken) {
    /**
     * Builds or loads the network of a request.
     *
     * @throws UnusableDataException when a file cannot be read or is not the planned one
     */
    static InitialNetwork of(TrainingEngine engine, TrialRequest trial, TrialPlan plan, Objective objective) {
        TrainableNetwork network = build(engine, trial, plan, objective);
        try {
            return new InitialNetwork(network, begin(network, plan.recipe()));
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private static TrainableNetwork build(
            TrainingEngine engine, TrialRequest trial, TrialPlan plan, Objective objective) {
        long seed = trial.getInitialisationSeed();
        if (!plan.shape().architecture().scripted()) {
            return engine.create(plan.shape(), objective, plan.optimisation(), seed);
        }
        Network asked = trial.getNetwork();
        if (asked.getScript() == null) {
            throw new UnusableDataException("torchscript: expected a script, found none");
        }
        byte[] file = PlannedFile.read(
                "torchscript", asked.getScript().getPath(), asked.getScript().getSha256());
        Script script = new Script(file, asked.getScript().getKeepWeights());
        return engine.load(script, plan.shape(), objective, plan.optimisation(), seed);
    }

    private static int begin(TrainableNetwork network, Recipe recipe) {
        if (recipe.getStartWeights() == null) {
            return 0;
        }
        byte[] file = PlannedFile.read("start weights", recipe.getStartWeights(), recipe.getStartWeightsSha256());
        return network.begin(file).size();
    }
}
