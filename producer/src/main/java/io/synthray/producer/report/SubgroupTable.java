package io.synthray.producer.report;

import io.synthray.event.SubgroupDifference;
import io.synthray.event.Subgroups;
import java.util.List;

/**
 * A comparison by subgroup of the test cases, for the page.
 *
 * @param comparison its name
 * @param worst sentence on the worst group; empty where there is none
 * @param rows one a subgroup
 */
record SubgroupTable(String comparison, String worst, List<Row> rows) {
    /** Cells of a row. */
    record Row(String subgroup, String cases, String pairs, String difference, String interval) {}

    static SubgroupTable of(Subgroups subgroups) {
        return new SubgroupTable(
                subgroups.getComparison(),
                subgroups.getWorst() == null
                        ? ""
                        : "Lowest difference among subgroups of ten cases or more: " + subgroups.getWorst() + ".",
                subgroups.getSubgroups().stream().map(SubgroupTable::row).toList());
    }

    private static Row row(SubgroupDifference group) {
        return new Row(
                group.getSubgroup(),
                Integer.toString(group.getCases()),
                Integer.toString(group.getPairs()),
                minus(Numbers.signed(group.getMeanDifference())),
                minus(Numbers.interval(group.getCiLow(), group.getCiHigh())));
    }

    private static String minus(String text) {
        return text.equals(Numbers.NONE) ? text : text.replace('-', '\u2212');
    }
}
