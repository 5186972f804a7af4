package io.synthray.trainer.data;

import java.util.List;

/**
 * Everything that one trial reads.
 *
 * @param real train cases of the repeat's subset in the subset's order, 1 or more
 * @param synthetic images of the manifest by ascending index; empty without a manifest
 * @param test test cases by ascending key, 1 or more
 */
public record TrialData(List<Example> real, List<Example> synthetic, List<TestCase> test) {
    /** Copies the lists. */
    public TrialData {
        real = List.copyOf(real);
        synthetic = List.copyOf(synthetic);
        test = List.copyOf(test);
    }
}
