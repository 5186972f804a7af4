package io.synthray.evaluator.study;

import io.synthray.event.Arm;
import io.synthray.event.ManifestRef;
import io.synthray.event.StudyPlan;
import io.synthray.event.TrialRequest;
import io.synthray.imaging.random.SeedDerivation;
import io.synthray.schemas.id.TrialId;

/** Writes trial requests: a function of the plan and the manifest, so that any evaluator writes the same. */
final class TrialRequests {
    private TrialRequests() {}

    /**
     * The request of one trial. Its seeds depend on the repeat and not on the arm, so that the arms of a repeat pair.
     *
     * @param manifest synthetic images; null: real only
     */
    static TrialRequest of(PlannedStudy study, TrialId trial, ManifestRef manifest) {
        StudyPlan plan = study.plan();
        Arm arm = study.armOf(trial);
        String repeat = Integer.toString(trial.repeat());
        return TrialRequest.newBuilder()
                .setTrial(trial.key())
                .setStudy(trial.study())
                .setArm(trial.arm())
                .setRepeat(trial.repeat())
                .setPlanHash(study.study().getPlanHash())
                .setDataset(plan.getDataset())
                .setTask(plan.getTask())
                .setTargets(plan.getTargets())
                .setNetwork(plan.getNetwork())
                .setTraining(plan.getTraining())
                .setAugmentation(arm.getAugmentation())
                .setSubset(plan.getSubsets().get(trial.repeat() - 1))
                .setManifest(manifest)
                .setInitialisationSeed(SeedDerivation.derive(plan.getSeed(), "initialisation", repeat))
                .setOrderSeed(SeedDerivation.derive(plan.getSeed(), "order", repeat))
                .setRecipe(plan.getRecipe())
                .setStrategy(arm.getStrategy())
                .build();
    }
}
