package io.synthray.schemas.plan;

import io.synthray.event.AnalysisKind;
import java.util.List;

/** Ranges of a plan's analysis and fidelity: what a study file may ask for is what the evaluator accepts. */
public final class PlanRanges {
    /** The scale of the prior on the standardised effect is above 0 and below this. */
    public static final double PRIOR_SCALE = 1_000;

    /** The conditional rejection probability that stops early is above this and below 1. */
    public static final double CURTAILMENT = 0.5;

    /** Fewest images that kernel and neighbour figures are estimated from. */
    public static final int LEAST_SAMPLE = 64;

    /** Most images that kernel and neighbour figures are estimated from. */
    public static final int MOST_SAMPLE = 4096;

    private PlanRanges() {}

    /** Sequential tests are read at alpha / m: a step-wise correction of stopped tests is not valid. */
    public static List<String> corrections(AnalysisKind kind) {
        return kind == AnalysisKind.FIXED ? List.of("bonferroni", "holm", "bh") : List.of("bonferroni");
    }
}
