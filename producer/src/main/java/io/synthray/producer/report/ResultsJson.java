package io.synthray.producer.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synthray.event.Metric;
import io.synthray.event.MetricPair;
import io.synthray.event.PatientBootstrap;
import io.synthray.event.SequentialStatistics;
import io.synthray.event.Statistics;
import io.synthray.event.StudyState;
import io.synthray.event.Subgroups;
import io.synthray.event.TrialResult;
import io.synthray.event.WelchTest;

/** A study's results as JSON, for programs. Numbers are unrounded; what is not known is null. */
public final class ResultsJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultsJson() {}

    /** An object with study, planHash, phase, imageSets, comparisons, subgroups, fidelity, trials and notes. */
    public static String of(StudyResults results) {
        ObjectNode root = JSON.createObjectNode();
        root.put("study", results.study().getStudy());
        root.put("title", results.study().getPlan().getTitle());
        root.put("planHash", results.study().getPlanHash());
        root.put("datasetFingerprint", results.study().getPlan().getDataset().getFingerprint());
        root.put("phase", results.phase().name());
        ArrayNode sets = root.putArray("imageSets");
        results.state()
                .map(StudyState::getImageSets)
                .ifPresent(all -> all.forEach(set -> sets.addObject()
                        .put("arm", set.getArm())
                        .put("imageSet", set.getImageSet())
                        .put("planned", set.getPlanned())
                        .put("made", set.getMade())
                        .put("failed", set.getFailed())
                        .put("skipped", set.getSkipped())
                        .put("manifestDigest", set.getDigest())));
        ArrayNode comparisons = root.putArray("comparisons");
        results.statistics().forEach(s -> comparison(comparisons.addObject(), s));
        ArrayNode subgroups = root.putArray("subgroups");
        results.subgroups().forEach(s -> subgroups(subgroups.addObject(), s));
        ArrayNode fidelity = root.putArray("fidelity");
        results.fidelity().forEach(f -> FidelityJson.write(fidelity.addObject(), f));
        ArrayNode trials = root.putArray("trials");
        results.trials().values().forEach(trial -> trial(trials.addObject(), trial));
        ArrayNode notes = root.putArray("notes");
        results.state().ifPresent(state -> state.getNotes().forEach(notes::add));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    private static void comparison(ObjectNode node, Statistics s) {
        node.put("comparison", s.getComparison())
                .put("arm", s.getPlan().getArm())
                .put("reference", s.getPlan().getReference())
                .put("metric", s.getPlan().getMetric())
                .put("target", s.getPlan().getTarget())
                .put("hypothesis", s.getPlan().getHypothesis().name())
                .put("margin", s.getPlan().getMargin())
                .put("status", s.getStatus().name())
                .put("verdict", Verdict.of(s).word())
                .put("plannedPairs", s.getPlanned())
                .put("meanDifference", s.getMeanDifference())
                .put("standardError", s.getStandardError())
                .put("ciLow", s.getCiLow())
                .put("ciHigh", s.getCiHigh())
                .put("t", s.getT())
                .put("df", s.getDf())
                .put("pOneTailed", s.getPOneTailed())
                .put("pBonferroni", s.getPBonferroni())
                .put("pHolm", s.getPHolm())
                .put("pBh", s.getPBh())
                .put("pSignFlip", s.getPSignFlip())
                .put("signFlipFloor", s.getSignFlipFloor())
                .put("pCorrectedResampled", s.getPCorrectedResampled())
                .put("ciCorrectedLow", s.getCiCorrectedLow())
                .put("ciCorrectedHigh", s.getCiCorrectedHigh())
                .put("cohensD", s.getCohensD())
                .put("stopRepeat", s.getStopRepeat())
                .put("family", s.getFamily())
                .put("alpha", s.getAlpha())
                .put("significant", s.getSignificant())
                .put("extraData", s.getExtraData())
                .put("sharedImageSet", s.getSharedImageSet())
                .put("note", s.getNote());
        tests(node, s);
        ArrayNode pairs = node.putArray("pairs");
        for (MetricPair pair : s.getPairs()) {
            pairs.addObject()
                    .put("repeat", pair.getRepeat())
                    .put("arm", pair.getArm())
                    .put("reference", pair.getReference());
        }
    }

    private static void tests(ObjectNode node, Statistics s) {
        WelchTest welch = s.getWelch();
        if (welch != null) {
            node.putObject("welch")
                    .put("standardError", welch.getStandardError())
                    .put("t", welch.getT())
                    .put("df", welch.getDf())
                    .put("pOneTailed", welch.getPOneTailed())
                    .put("ciLow", welch.getCiLow())
                    .put("ciHigh", welch.getCiHigh());
        }
        PatientBootstrap patients = s.getPatients();
        if (patients != null) {
            node.putObject("patients")
                    .put("estimate", patients.getEstimate())
                    .put("low", patients.getLow())
                    .put("high", patients.getHigh())
                    .put("repeats", patients.getRepeats())
                    .put("patients", patients.getPatients())
                    .put("resamples", patients.getResamples());
        }
        SequentialStatistics sequential = s.getSequential();
        if (sequential != null) {
            node.putObject("sequential")
                    .put("repeats", sequential.getRepeats())
                    .put("eValue", sequential.getEValue())
                    .put("logEValue", sequential.getLogEValue())
                    .put("threshold", sequential.getThreshold())
                    .put("pAnytime", sequential.getPAnytime())
                    .put("conditionalRejection", sequential.getConditionalRejection())
                    .put("level", sequential.getLevel())
                    .put("csLow", sequential.getCsLow())
                    .put("csHigh", sequential.getCsHigh())
                    .put("csCorrectedLow", sequential.getCsCorrectedLow())
                    .put("csCorrectedHigh", sequential.getCsCorrectedHigh())
                    .put("decision", sequential.getDecision().name())
                    .put("decidedAt", sequential.getDecidedAt());
        }
        ArrayNode lost = node.putArray("lost");
        s.getLost().forEach(pair -> lost.addObject()
                .put("repeat", pair.getRepeat())
                .put("arm", pair.getArm())
                .put("cause", pair.getCause()));
    }

    private static void subgroups(ObjectNode node, Subgroups s) {
        node.put("comparison", s.getComparison()).put("worst", s.getWorst());
        ArrayNode groups = node.putArray("subgroups");
        s.getSubgroups().forEach(group -> groups.addObject()
                .put("subgroup", group.getSubgroup())
                .put("cases", group.getCases())
                .put("pairs", group.getPairs())
                .put("meanDifference", group.getMeanDifference())
                .put("ciLow", group.getCiLow())
                .put("ciHigh", group.getCiHigh()));
    }

    private static void trial(ObjectNode node, TrialResult trial) {
        node.put("trial", trial.getTrial())
                .put("arm", trial.getArm())
                .put("repeat", trial.getRepeat())
                .put("status", trial.getStatus().name())
                .put("error", trial.getError())
                .put("trainingSeconds", trial.getTrainingSeconds())
                .put(
                        "predictions",
                        trial.getReport() == null ? null : trial.getReport().getPredictions());
        ArrayNode metrics = node.putArray("metrics");
        for (Metric metric : trial.getMetrics()) {
            metrics.addObject()
                    .put("name", metric.getName())
                    .put("target", metric.getTarget())
                    .put("subgroup", metric.getSubgroup())
                    .put("value", metric.getValue());
        }
    }
}
