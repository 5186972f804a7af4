package io.synthray.producer.study;

import io.synthray.event.Analysis;
import io.synthray.event.Arm;
import io.synthray.event.Comparison;
import io.synthray.event.FidelityPlan;
import io.synthray.event.Network;
import io.synthray.event.Recipe;
import io.synthray.event.Task;
import io.synthray.event.Training;
import java.util.List;

/**
 * What a study file says, before its dataset has been looked at. Parts that planning takes over as they are have the
 * plan's own shapes already.
 *
 * @param study id
 * @param title for people; the id where the file has none
 * @param description for people, may be empty
 * @param seed every other seed is derived from it
 * @param dataset where real radiographs come from
 * @param task segmentation or classification
 * @param targets structures or classes in the order of the network's outputs
 * @param realImages real train images of each repeat
 * @param repeats number of repeats
 * @param network downstream network
 * @param training its optimisation
 * @param arms in the order of the file
 * @param comparisons the family of the correction
 * @param analysis statistical plan
 * @param fidelity how synthetic images are held against real ones; null where they are not
 * @param recipe loss, optimiser, schedule and selection; null for the defaults
 */
public record StudySpec(
        String study,
        String title,
        String description,
        long seed,
        DatasetSpec dataset,
        Task task,
        List<String> targets,
        int realImages,
        int repeats,
        Network network,
        Training training,
        List<Arm> arms,
        List<Comparison> comparisons,
        Analysis analysis,
        FidelityPlan fidelity,
        Recipe recipe) {}
