package io.synthray.trainer.data;

import java.util.List;

/**
 * Everything that a training reads; the test cases are read after it.
 *
 * @param real train cases of the repeat's subset in the subset's order
 * @param synthetic images of the manifest by ascending index; empty without a manifest
 * @param validation cases of the repeat's subset that are not trained on
 */
public record TrialData(List<Example> real, List<Example> synthetic, List<TestCase> validation) {
    /** Copies the lists. */
    public TrialData {
        real = List.copyOf(real);
        synthetic = List.copyOf(synthetic);
        validation = List.copyOf(validation);
    }
}
