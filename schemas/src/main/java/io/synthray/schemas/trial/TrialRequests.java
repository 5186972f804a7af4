package io.synthray.schemas.trial;

import io.synthray.event.Arm;
import io.synthray.event.ManifestRef;
import io.synthray.event.StudyPlan;
import io.synthray.event.TrialRequest;
import io.synthray.schemas.id.TrialId;

/** Writes trial requests: a function of the plan and the manifest, so that whoever writes one writes the same. */
public final class TrialRequests {
    private TrialRequests() {}

    /**
     * The request of one trial.
     *
     * @param planHash the plan's identity, 64 hex digits
     * @param trial names an arm of the plan and one of its repeats
     * @param manifest synthetic images; null: real only
     * @param initialisationSeed seed of the network's initial weights
     * @param orderSeed seed of the order of batches and of augmentation
     * @throws IllegalArgumentException when the plan has no such trial
     */
    public static TrialRequest of(
            StudyPlan plan,
            String planHash,
            TrialId trial,
            ManifestRef manifest,
            long initialisationSeed,
            long orderSeed) {
        Arm arm = plan.getArms().stream()
                .filter(each -> each.getName().equals(trial.arm()) && trial.repeat() <= plan.getRepeats())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "trial '%s': expected an arm and a repeat of the plan".formatted(trial)));
        return TrialRequest.newBuilder()
                .setTrial(trial.key())
                .setStudy(trial.study())
                .setArm(trial.arm())
                .setRepeat(trial.repeat())
                .setPlanHash(planHash)
                .setDataset(plan.getDataset())
                .setTask(plan.getTask())
                .setTargets(plan.getTargets())
                .setNetwork(plan.getNetwork())
                .setTraining(plan.getTraining())
                .setAugmentation(arm.getAugmentation())
                .setSubset(plan.getSubsets().get(trial.repeat() - 1))
                .setManifest(manifest)
                .setInitialisationSeed(initialisationSeed)
                .setOrderSeed(orderSeed)
                .setRecipe(plan.getRecipe())
                .setStrategy(arm.getStrategy())
                .build();
    }
}
