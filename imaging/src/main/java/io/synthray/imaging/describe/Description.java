package io.synthray.imaging.describe;

import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Fact;
import java.util.List;

/**
 * A data set in numbers.
 *
 * @param kind the kind's word
 * @param title the kind's name
 * @param grouping what keeps the sides of a split apart: {@code patient}, {@code study} or {@code image-only}
 * @param split {@code published}, {@code seeded}, or {@code none} where only label files were read or errors are in the way
 * @param splits cases by side
 * @param classes cases by class and side
 * @param structures cases whose mask shows a structure, by structure and side; empty where there are no masks or too many cases to look
 * @param facts counts of the files
 * @param notes what a person should know of the files
 * @param warnings what every report of a study on the data set will say
 * @param problems faults of the files
 */
public record Description(
        String kind,
        String title,
        String grouping,
        String split,
        List<SplitCount> splits,
        List<ClassCount> classes,
        List<StructureCount> structures,
        List<Fact> facts,
        List<String> notes,
        List<String> warnings,
        List<DatasetProblem> problems) {

    /** Cases and groups of one side. */
    public record SplitCount(String split, long cases, long groups) {}

    /** Cases of a class on one side. */
    public record ClassCount(String label, String split, long positive, long negative, long unknown) {}

    /** Cases of one side whose mask shows a structure. */
    public record StructureCount(String structure, String split, long cases) {}
}
