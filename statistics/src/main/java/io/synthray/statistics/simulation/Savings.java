package io.synthray.statistics.simulation;

import io.synthray.statistics.PublishedResult;
import io.synthray.statistics.sequential.Decision;
import io.synthray.statistics.sequential.Look;
import io.synthray.statistics.sequential.SequentialPlan;
import io.synthray.statistics.sequential.Stopping;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Trials that early stopping saves, where the effect and its spread are those of a published result: those of an arm and its reference, of repeats
 * that have not been requested at the stop. An arm that has more comparisons, as the reference often has, runs on until all of them are
 * decided.
 *
 * @param plan that stops early
 * @param result whose mean difference and standard deviation hold
 * @param studies how many, 1 or more
 * @param seed of the draws
 */
public record Savings(SequentialPlan plan, PublishedResult result, int studies, long seed) {
    /**
     * What came of it.
     *
     * @param meanRepeats made before the stop, on average
     * @param saved share of the planned trials of both arms, 0..1
     * @param rejected share of the studies that ended with benefit, 0..1
     */
    public record Outcome(double meanRepeats, double saved, double rejected) {}

    /** Runs the studies, repeat by repeat. */
    public Outcome outcome() {
        RandomGenerator random = new Well19937c(seed);
        long made = 0;
        long begun = 0;
        int rejected = 0;
        for (int i = 0; i < studies; i++) {
            List<Double> differences = new ArrayList<>();
            Look look;
            do {
                differences.add(result.mean() + result.standardDeviation() * random.nextGaussian());
                look = plan.look(differences, 0);
            } while (differences.size() < plan.repeats() && !plan.stopsAt(look.decision()));
            made += differences.size();
            begun += Math.min(differences.size() + Stopping.REPEATS_AHEAD, plan.repeats());
            rejected += look.decision() == Decision.BENEFIT ? 1 : 0;
        }
        return new Outcome(
                (double) made / studies, 1 - (double) begun / studies / plan.repeats(), (double) rejected / studies);
    }
}
