package io.synthray.imaging.dataset;

import java.util.List;

/**
 * What a reader has found in a data set's files, before it is split.
 *
 * @param cases in the order of the files
 * @param labels names of the labels
 * @param structures structures that masks specify; empty if there are no masks
 * @param grouping what {@link ListedCase#group} is
 * @param pixels pictures; masks alone where only label files were read
 * @param identical ids of cases whose pixels are known to be equal, two or more in each list
 * @param facts counts
 * @param notes what a person should know, for example where a count differs from one that others have published
 * @param problems faults of the files, with file and line
 */
public record Listing(
        List<ListedCase> cases,
        List<String> labels,
        List<String> structures,
        Grouping grouping,
        Pixels pixels,
        List<List<String>> identical,
        List<Fact> facts,
        List<String> notes,
        List<DatasetProblem> problems) {

    /** Keeps copies. */
    public Listing {
        cases = List.copyOf(cases);
        labels = List.copyOf(labels);
        structures = List.copyOf(structures);
        identical = List.copyOf(identical);
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    /** Whether the publisher has split the cases. */
    public boolean isSplit() {
        return cases.stream().anyMatch(c -> c.split() != null);
    }
}
