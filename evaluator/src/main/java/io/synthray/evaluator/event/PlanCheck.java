package io.synthray.evaluator.event;

import io.synthray.event.Analysis;
import io.synthray.event.AnalysisKind;
import io.synthray.event.Arm;
import io.synthray.event.Comparison;
import io.synthray.event.EarlyStop;
import io.synthray.event.FidelityPlan;
import io.synthray.event.Hypothesis;
import io.synthray.event.ImageSetScope;
import io.synthray.event.Study;
import io.synthray.event.StudyPlan;
import io.synthray.event.SyntheticPlan;
import io.synthray.schemas.id.Names;
import io.synthray.schemas.id.PlanHash;
import io.synthray.schemas.plan.PlanRanges;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the evaluator relies on in a plan. {@code submit} sees to more; a plan from elsewhere must not stop the stream. */
final class PlanCheck {
    private PlanCheck() {}

    static void require(Study study) {
        StudyPlan plan = study.getPlan();
        require(Names.STUDY.matches(study.getStudy()), "study", Names.STUDY.expected(), study.getStudy());
        require(study.getStudy().equals(plan.getStudy()), "plan.study", study.getStudy(), plan.getStudy());
        require(PlanHash.of(plan).equals(study.getPlanHash()), "planHash", PlanHash.of(plan), study.getPlanHash());
        require(plan.getRepeats() >= 1, "plan.repeats", "1 or more", plan.getRepeats());
        requireSubsets(plan);
        Set<String> arms = requireArms(plan);
        requireComparisons(plan, arms);
        requireAnalysis(plan.getAnalysis(), plan.getRepeats());
        requireFidelity(plan.getFidelity());
        long requests = plan.getArms().stream()
                .filter(arm -> arm.getSynthetic() != null)
                .mapToLong(arm -> images(plan, arm.getSynthetic()))
                .sum();
        require(study.getRequests() == requests, "requests", requests, study.getRequests());
        requirePartitions(study);
    }

    private static long images(StudyPlan plan, SyntheticPlan synthetic) {
        long sets = synthetic.getScope() == ImageSetScope.SHARED ? 1 : plan.getRepeats();
        return sets * synthetic.getImages();
    }

    private static void requireSubsets(StudyPlan plan) {
        require(
                plan.getSubsets().size() == plan.getRepeats(),
                "plan.subsets",
                plan.getRepeats() + " of them, one a repeat",
                plan.getSubsets().size());
        for (int i = 0; i < plan.getRepeats(); i++) {
            int repeat = plan.getSubsets().get(i).getRepeat();
            require(repeat == i + 1, "plan.subsets[" + i + "].repeat", i + 1, repeat);
        }
    }

    private static Set<String> requireArms(StudyPlan plan) {
        Set<String> names = new HashSet<>();
        require(!plan.getArms().isEmpty(), "plan.arms", "at least one", "none");
        for (Arm arm : plan.getArms()) {
            require(Names.ARM.matches(arm.getName()), "plan.arms.name", Names.ARM.expected(), arm.getName());
            require(names.add(arm.getName()), "plan.arms", "names used once", "'" + arm.getName() + "' twice");
            SyntheticPlan synthetic = arm.getSynthetic();
            if (synthetic != null) {
                String field = "plan.arms." + arm.getName() + ".synthetic.";
                require(synthetic.getImages() >= 1, field + "images", "1 or more", synthetic.getImages());
                require(synthetic.getTolerance() >= 0, field + "tolerance", "0 or more", synthetic.getTolerance());
            }
        }
        return names;
    }

    private static void requireComparisons(StudyPlan plan, Set<String> arms) {
        Set<String> names = new HashSet<>();
        for (Comparison comparison : plan.getComparisons()) {
            String field = "plan.comparisons." + comparison.getName();
            require(names.add(comparison.getName()), field, "names used once", "it twice");
            require(arms.contains(comparison.getArm()), field + ".arm", "one of " + arms, comparison.getArm());
            require(
                    arms.contains(comparison.getReference()),
                    field + ".reference",
                    "one of " + arms,
                    comparison.getReference());
            if (comparison.getHypothesis() == Hypothesis.NON_INFERIORITY) {
                requireBetween(0, 1, field + ".margin", comparison.getMargin());
            } else {
                require(
                        comparison.getMargin() == 0,
                        field + ".margin",
                        "0 for hypothesis superiority",
                        comparison.getMargin());
            }
        }
    }

    /** The ranges of a study file: outside them the tests throw, and would do so again at every start. */
    private static void requireAnalysis(Analysis analysis, int repeats) {
        String field = "plan.analysis.";
        AnalysisKind kind = analysis.getKind();
        requireBetween(0, 1, field + "alpha", analysis.getAlpha());
        requireBetween(0, PlanRanges.PRIOR_SCALE, field + "priorScale", analysis.getPriorScale());
        List<String> corrections = PlanRanges.corrections(kind);
        require(
                corrections.contains(analysis.getCorrection().toLowerCase(Locale.ROOT)),
                field + "correction",
                "one of " + corrections + " for kind " + kind,
                analysis.getCorrection());
        require(kind == AnalysisKind.FIXED || repeats >= 2, field + "kind", "FIXED where there is one repeat", kind);
        EarlyStop stop = analysis.getEarlyStop();
        if (stop != null) {
            field += "earlyStop";
            require(kind != AnalysisKind.FIXED, field, "none for kind FIXED", "one");
            requireBetween(PlanRanges.CURTAILMENT, 1, field + ".curtailment", stop.getCurtailment());
            if (stop.getFutility() != null) {
                requireBetween(0, 1, field + ".futility", stop.getFutility());
            }
        }
    }

    private static void requireFidelity(FidelityPlan fidelity) {
        if (fidelity != null) {
            int sample = fidelity.getSample();
            require(
                    sample >= PlanRanges.LEAST_SAMPLE && sample <= PlanRanges.MOST_SAMPLE,
                    "plan.fidelity.sample",
                    PlanRanges.LEAST_SAMPLE + ".." + PlanRanges.MOST_SAMPLE,
                    sample);
        }
    }

    /** Ends excluded; NaN is not between any. */
    private static void requireBetween(double low, double high, String field, double found) {
        require(found > low && found < high, field, "above %s and below %s".formatted(low, high), found);
    }

    private static void requirePartitions(Study study) {
        int partitions = TopicCatalogue.GENERATION_REQUESTS.partitions();
        require(
                study.getRequests() == 0 || !study.getPartitions().isEmpty(),
                "partitions",
                "at least one for " + study.getRequests() + " requests",
                "none");
        for (int partition : study.getPartitions()) {
            require(partition >= 0 && partition < partitions, "partitions", "0.." + (partitions - 1), partition);
        }
    }

    private static void require(boolean met, String field, Object expected, Object found) {
        if (!met) {
            throw new IllegalArgumentException("%s: expected %s, found %s".formatted(field, expected, found));
        }
    }
}
