package io.synthray.producer.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.producer.fixture.SampleStudy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlanWordsTest {
    /** Whether arms are matched in compute is said either way. */
    @Test
    void tellsWhichArmsMakeAsManySteps() {
        String matched = training(SampleStudy.YAML);
        assertTrue(matched.startsWith("20 steps of 4 images, "), matched);
        assertTrue(matched.endsWith("; equal for every arm"), matched);
        String longer = training(
                SampleStudy.YAML.replace("augmentation: standard}", "augmentation: standard, strategy: {steps: 30}}"));
        assertTrue(longer.startsWith("20 steps of 4 images, "), longer);
        assertTrue(longer.endsWith("; not matched in compute: real+augmentation makes 30 steps"), longer);
    }

    /** What images are conditioned on is said with the probability of a flip and with the structures that the study names. */
    @Test
    void tellsWhatMasksGive() {
        String half = masks("{rotation: 8, scale: 0.1, translation: 0.05, flip: true}");
        assertTrue(half.endsWith(", 50% of them mirrored with sides exchanged, in prompts as well"), half);
        String few = masks("{flip: 0.125, absent: [chest-tube], structures: [left-lung, right-lung, heart]}");
        assertTrue(
                few.endsWith(
                        "masks: of real images, 12.5% of them mirrored with sides exchanged, in prompts as well, given: left-lung"
                                + " and right-lung and heart, given as absent: chest-tube"),
                few);
        assertTrue(masks("{}").endsWith("masks: of real images, unchanged"), masks("{}"));
    }

    private static String masks(String masks) {
        String yaml = SampleStudy.YAML.replace("{rotation: 8, scale: 0.1, translation: 0.05, flip: true}", masks);
        return PlanWords.synthetic(SampleStudy.of(yaml, Path.of("").toAbsolutePath())
                .planned()
                .plan()
                .getArms()
                .get(2)
                .getSynthetic());
    }

    private static String training(String yaml) {
        SampleStudy study = SampleStudy.of(yaml, Path.of("").toAbsolutePath());
        return PlanWords.facts(study.planned().plan()).stream()
                .filter(fact -> fact.name().equals("Training"))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
