package io.synthray.producer.report;

import java.util.List;

/**
 * What the page's template shows, all of it text but for drawings, which are markup.
 *
 * @param title study's title
 * @param study study's id
 * @param description study's description, may be empty
 * @param phase where it stands: one word
 * @param standing where it stands: a sentence
 * @param limits what the numbers cannot say, a sentence each
 * @param findings a sentence for each comparison
 * @param rows the statistics table
 * @param signFlipped whether a row has a P of the sign-flip test
 * @param forest the forest plot, empty for none
 * @param facts the plan
 * @param arms the plan's arms
 * @param metric name of the metric
 * @param byRepeat metric of every trial
 * @param byTarget metric by structure or class
 * @param fidelityWanted whether the plan wants synthetic images to be held against real ones
 * @param fidelityColumns headings after the image set's
 * @param fidelity how image sets compare with real images
 * @param fidelityNotes what to know of these
 * @param subgroups comparisons by subgroup
 * @param structures names and colours of outlines
 * @param walls pictures
 * @param realShown whether pixels of real radiographs are in the page
 * @param provenance where everything comes from
 * @param warnings what a person should know
 * @param version version of Synthray
 */
record Page(
        String title,
        String study,
        String description,
        String phase,
        String standing,
        List<String> limits,
        List<Finding> findings,
        List<Row> rows,
        boolean signFlipped,
        String forest,
        List<PlanWords.Fact> facts,
        List<ArmWords> arms,
        String metric,
        MetricTables.Grid byRepeat,
        MetricTables.Grid byTarget,
        boolean fidelityWanted,
        List<String> fidelityColumns,
        List<FidelityTable.Line> fidelity,
        List<String> fidelityNotes,
        List<SubgroupTable> subgroups,
        List<Structure> structures,
        List<Gallery.Wall> walls,
        boolean realShown,
        List<PlanWords.Fact> provenance,
        List<String> warnings,
        String version) {

    /**
     * What came of a comparison.
     *
     * @param name its name
     * @param type {@code good}, {@code open} or {@code bad}
     * @param verdict one or two words
     * @param sentence estimate and conclusion
     * @param labels what limits the conclusion
     */
    record Finding(String name, String type, String verdict, String sentence, List<LabelWords> labels) {}

    /** A label and its meaning. */
    record LabelWords(String word, String meaning) {}

    /**
     * A row of the statistics table.
     *
     * @param signFlips P of the sign-flip test with the smallest that so few pairs can give
     */
    record Row(
            String subject,
            String metric,
            String pairs,
            String difference,
            String interval,
            String t,
            String df,
            String p,
            String corrected,
            String signFlips,
            String verdict,
            String type) {}

    /** An arm of the plan. */
    record ArmWords(String name, String description, String augmentation, String synthetic, List<LabelWords> labels) {}

    /** A structure of the outlines and the number of its colour. */
    record Structure(String name, int colour) {}
}
