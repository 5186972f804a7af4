package io.synthray.imaging.dataset;

import java.util.List;

/**
 * What reading every file of a data set has shown.
 *
 * @param problems errors and warnings in the order of the cases
 * @param identical keys of cases whose pixels are equal, two or more in each list, in the order of keys
 */
public record Audit(List<DatasetProblem> problems, List<List<String>> identical) {

    /** Keeps copies. */
    public Audit {
        problems = List.copyOf(problems);
        identical = identical.stream().map(List::copyOf).toList();
    }
}
