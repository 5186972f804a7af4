package io.synthray.producer.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.event.Comparison;
import io.synthray.event.Hypothesis;
import io.synthray.event.StudyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What submitting a study would publish.
 *
 * @param study its id
 * @param title its title
 * @param planHash the plan's identity
 * @param datasetFingerprint the dataset's identity
 * @param imageSets image sets in the order of publishing
 * @param images generation requests in all
 * @param arms names of the arms
 * @param repeats number of repeats
 * @param trials trainings, arms times repeats
 * @param comparisons the family of the correction
 * @param work what each kind of worker has to do
 * @param warnings what a person should know about the dataset
 */
public record PlanSummary(
        String study,
        String title,
        String planHash,
        String datasetFingerprint,
        List<ImageSet> imageSets,
        long images,
        List<String> arms,
        int repeats,
        int trials,
        List<Compared> comparisons,
        Work work,
        List<String> warnings) {

    /** One image set: arm, name, number of images. */
    public record ImageSet(String arm, String imageSet, int images) {}

    /** One comparison: name, hypothesis in words. */
    public record Compared(String name, String hypothesis) {}

    /**
     * Estimated work on one CPU core a worker.
     *
     * @param generatorSeconds seconds of one generator worker
     * @param trainerSteps optimiser steps of all trials
     * @param trainerSeconds seconds of one trainer worker
     */
    public record Work(double generatorSeconds, long trainerSteps, double trainerSeconds) {}

    /** The summary of a plan. */
    public static PlanSummary of(PlannedStudy study) {
        StudyPlan plan = study.plan();
        WorkEstimate work = WorkEstimate.of(study);
        return new PlanSummary(
                plan.getStudy(),
                plan.getTitle(),
                study.hash(),
                plan.getDataset().getFingerprint(),
                study.requests().imageSets().stream()
                        .map(set -> new ImageSet(
                                set.id().arm(),
                                set.id().imageSet(),
                                set.synthetic().getImages()))
                        .toList(),
                study.requests().count(),
                plan.getArms().stream().map(arm -> arm.getName()).toList(),
                plan.getRepeats(),
                work.trials(),
                plan.getComparisons().stream()
                        .map(c -> new Compared(c.getName(), hypothesis(c)))
                        .toList(),
                new Work(work.generationSeconds(), work.steps(), work.trainingSeconds()),
                study.warnings());
    }

    private static String hypothesis(Comparison c) {
        String metric = c.getTarget() == null ? c.getMetric() : c.getMetric() + " of " + c.getTarget();
        String bound = c.getHypothesis() == Hypothesis.NON_INFERIORITY ? "-" + c.getMargin() : "0";
        return "%s: %s - %s > %s".formatted(metric, c.getArm(), c.getReference(), bound);
    }

    /** The summary for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Study %s: %s".formatted(study, title));
        lines.add("Plan hash %s".formatted(planHash));
        lines.add("");
        lines.add(number(images, "generation request") + " in " + number(imageSets.size(), "image set"));
        imageSets.forEach(set ->
                lines.add("  %-40s %s".formatted(set.arm() + "/" + set.imageSet(), number(set.images(), "image"))));
        lines.add("%s: %s, %s each"
                .formatted(number(trials, "trial"), number(arms.size(), "arm"), number(repeats, "repeat")));
        arms.forEach(arm -> lines.add("  " + arm));
        lines.add("%s, the family of the correction".formatted(number(comparisons.size(), "comparison")));
        comparisons.forEach(c -> lines.add("  " + c.name() + "   (" + c.hypothesis() + ")"));
        lines.add("");
        lines.add("Estimated work, on one CPU core a worker:");
        lines.add("  one generator worker  %s".formatted(time(work.generatorSeconds())));
        lines.add("  one trainer worker    %s (%s)"
                .formatted(time(work.trainerSeconds()), number(work.trainerSteps(), "step")));
        warnings.forEach(warning -> lines.add("warning: " + warning));
        return lines;
    }

    /** The summary for programs: an object whose fields are named as this record's. */
    public String json() {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of plain values can always be written", e);
        }
    }

    private static String number(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }

    private static String time(double seconds) {
        if (seconds < 90) {
            return "about %d s".formatted(Math.round(seconds));
        }
        return seconds < 5_400
                ? "about %d min".formatted(Math.round(seconds / 60))
                : String.format(Locale.ROOT, "about %.1f h", seconds / 3600);
    }
}
