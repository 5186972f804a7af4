package io.synthray.producer.report;

import io.synthray.event.Control;
import io.synthray.event.Fidelity;
import io.synthray.event.ImageProvenance;
import io.synthray.event.Statistics;
import io.synthray.event.Study;
import io.synthray.event.StudyPhase;
import io.synthray.event.StudyState;
import io.synthray.event.Subgroups;
import io.synthray.event.TrialResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the topics say about one study at one moment.
 *
 * @param study the plan
 * @param state the evaluator's last word; nothing before it has spoken
 * @param statistics those that have been published, in the plan's order of comparisons
 * @param fidelity how image sets compare with real images, in the plan's order of arms and by repeat
 * @param subgroups comparisons by subgroup of test cases, in the plan's order
 * @param trials the first result of each trial by its id {@code study/arm/repeat}
 * @param images the first images of each image set by {@code study/arm/imageSet} and index, for pictures
 * @param generators how images were made, seed and prompt left out, and how many of each
 * @param controls standing words
 */
public record StudyResults(
        Study study,
        Optional<StudyState> state,
        List<Statistics> statistics,
        List<Fidelity> fidelity,
        List<Subgroups> subgroups,
        Map<String, TrialResult> trials,
        Map<String, SortedMap<Integer, SyntheticImage>> images,
        Map<Generator, Long> generators,
        List<Control> controls) {

    /**
     * What made an image.
     *
     * @param model model's name
     * @param version model's version
     * @param weightsSha256 SHA-256 of the weights as the server states it
     * @param server server's name and version
     */
    public record Generator(String model, String version, String weightsSha256, String server) {
        static Generator of(ImageProvenance provenance) {
            return new Generator(
                    provenance.getModel(),
                    provenance.getModelVersion(),
                    provenance.getWeightsSha256(),
                    provenance.getServer());
        }
    }

    /** Copies the collections; keeps their orders. */
    public StudyResults {
        statistics = List.copyOf(statistics);
        fidelity = List.copyOf(fidelity);
        subgroups = List.copyOf(subgroups);
        controls = List.copyOf(controls);
    }

    /** Where the study stands; SUBMITTING before the evaluator has spoken. */
    public StudyPhase phase() {
        return state.map(StudyState::getPhase).orElse(StudyPhase.SUBMITTING);
    }
}
