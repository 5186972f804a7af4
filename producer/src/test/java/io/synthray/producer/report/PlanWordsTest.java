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

    private static String training(String yaml) {
        SampleStudy study = SampleStudy.of(yaml, Path.of("").toAbsolutePath());
        return PlanWords.facts(study.planned().plan()).stream()
                .filter(fact -> fact.name().equals("Training"))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
