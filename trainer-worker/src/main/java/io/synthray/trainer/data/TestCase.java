package io.synthray.trainer.data;

import java.util.List;

/**
 * An example of the test split.
 *
 * @param key the case's name outside the data set, 16 hexadecimal digits
 * @param patient the same for all cases of one patient, 16 hexadecimal digits
 * @param subgroups what it counts among, {@code attribute=value}, for instance {@code view=AP}; bands and classes only, nothing that
 *     tells who it is
 * @param example image and truth
 */
public record TestCase(String key, String patient, List<String> subgroups, Example example) {
    /** Copies the list. */
    public TestCase {
        subgroups = List.copyOf(subgroups);
    }

    /** The only case of its patient, of which no subgroup is known. */
    public TestCase(String key, Example example) {
        this(key, key, List.of(), example);
    }
}
