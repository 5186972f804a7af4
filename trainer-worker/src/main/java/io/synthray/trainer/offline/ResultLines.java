package io.synthray.trainer.offline;

import io.synthray.event.Metric;
import io.synthray.event.TargetDecisions;
import io.synthray.event.TrainingReport;
import io.synthray.event.TrialProvenance;
import io.synthray.event.TrialResult;
import io.synthray.event.TrialStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A result for people. */
final class ResultLines {
    private ResultLines() {}

    /** Metrics over all test cases, decisions, cost and provenance; none where the trial was not completed. */
    static List<String> of(TrialResult result) {
        if (result.getStatus() != TrialStatus.COMPLETED) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("%s on %d test images"
                .formatted(result.getTrial(), result.getProvenance().getTestImages()));
        for (Metric metric : result.getMetrics()) {
            if (metric.getSubgroup() == null) {
                lines.add(line(metric));
            }
        }
        for (TargetDecisions decisions : result.getReport().getDecisions()) {
            lines.add(line(decisions));
        }
        lines.add(cost(result.getReport(), result.getTrainingSeconds()));
        lines.add(provenance(result.getProvenance()));
        return lines;
    }

    private static String line(Metric metric) {
        return String.format(
                Locale.ROOT,
                "  %-18s %-20s %.4f",
                metric.getName(),
                metric.getTarget() == null ? "mean" : metric.getTarget(),
                metric.getValue());
    }

    private static String line(TargetDecisions decisions) {
        return String.format(
                Locale.ROOT,
                "  at %.3f            %-20s %d true, %d false positive; %d false, %d true negative",
                decisions.getThreshold(),
                decisions.getTarget(),
                decisions.getTruePositives(),
                decisions.getFalsePositives(),
                decisions.getFalseNegatives(),
                decisions.getTrueNegatives());
    }

    private static String cost(TrainingReport report, double seconds) {
        String cpu = report.getCpuSeconds() == null
                ? ""
                : String.format(Locale.ROOT, ", %.1f s of processors", report.getCpuSeconds());
        String gpu = report.getGpuSeconds() == null
                ? ""
                : String.format(Locale.ROOT, ", %.1f s of a GPU", report.getGpuSeconds());
        String memory = report.getPeakMemoryBytes() == null
                ? ""
                : ", at most %d MiB resident".formatted(report.getPeakMemoryBytes() >> 20);
        return String.format(
                Locale.ROOT,
                "%d steps in %.1f s, of which %.1f s waiting for images%s%s%s; tested epoch %d",
                report.getSteps(),
                seconds,
                report.getWaitingSeconds(),
                cpu,
                gpu,
                memory,
                report.getTestedEpoch());
    }

    private static String provenance(TrialProvenance provenance) {
        return "%d real and %d synthetic images; %s on %d threads; Synthray %s"
                .formatted(
                        provenance.getRealImages(),
                        provenance.getSyntheticImages(),
                        provenance.getEngine(),
                        provenance.getThreads(),
                        provenance.getSynthray());
    }
}
