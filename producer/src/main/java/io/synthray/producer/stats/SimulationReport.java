package io.synthray.producer.stats;

import io.synthray.producer.report.Numbers;
import io.synthray.producer.report.TextTable;
import io.synthray.statistics.Interval;
import io.synthray.statistics.PublishedResult;
import io.synthray.statistics.sequential.SequentialPlan;
import io.synthray.statistics.sequential.SequentialTest;
import io.synthray.statistics.sequential.Stopping;
import io.synthray.statistics.simulation.ErrorRates;
import io.synthray.statistics.simulation.Rate;
import io.synthray.statistics.simulation.ResplitRepeats;
import io.synthray.statistics.simulation.Savings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Simulates what the statistics promise, with the code that computes them, and prints it.
 *
 * @param studies of each simulation, 1 or more
 * @param seed of the draws
 * @param alpha error rate, above 0 and below 1
 */
public record SimulationReport(int studies, long seed, double alpha) {
    private static final int REPEATS = 20;
    private static final int FAMILY = 2;
    private static final double LEAST_SAVED = 0.6;

    /** Prints line by line. Returns whether every promise was kept. */
    public boolean print(Consumer<String> out) {
        boolean kept = true;
        for (double effect : new double[] {0, -1}) {
            out.accept(
                    "%s of five arms, 3 to 20 repeats, true effect %s standard deviations: share with any false rejection"
                            .formatted(
                                    Numbers.count(studies, "A/A study").replace("studys", "studies"),
                                    Numbers.plain(effect)));
            kept &= rates(new ErrorRates(studies, effect, alpha, seed).rates(), out);
        }
        out.accept(
                "Two equal learners, 10 repeats that split 200 cases anew into 160 and 40: share with a false rejection");
        kept &= rates(new ResplitRepeats(studies, 10, alpha, seed).rates(), out);
        out.accept(
                "A plan of 20 repeats and two comparisons that stops for benefit, effects and spreads of arXiv 2411.18602");
        out.accept(
                "Saved: trials of the arm and its reference, of repeats that are not requested at the stop. An arm with more comparisons, as the reference often"
                        + " has, runs on until all of them are decided.");
        kept &= savings(out);
        return kept;
    }

    private boolean rates(List<Rate> rates, Consumer<String> out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("method", "share", "at most alpha + 3 standard errors"));
        for (Rate rate : rates) {
            rows.add(List.of(
                    rate.what(), String.format(Locale.ROOT, "%.4f", rate.share()), rate.within(alpha) ? "yes" : "no"));
        }
        lines(rows, out);
        return rates.stream().filter(Rate::promised).allMatch(rate -> rate.within(alpha));
    }

    /** Returns whether the e-process saves as many trials as it should. */
    private boolean savings(Consumer<String> out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("test, result", "repeats on average", "saved", "benefit shown", "saved 60% or more"));
        boolean kept = true;
        PublishedResult f1 = new PublishedResult(0.150453, new Interval(0.099108, 0.201798), 3);
        PublishedResult dice = new PublishedResult(0.14575, new Interval(0.108267, 0.183233), 2);
        for (SequentialTest test : SequentialTest.values()) {
            SequentialPlan plan = new SequentialPlan(
                    test, REPEATS, alpha, FAMILY, 1, new Stopping(true, 0.95, OptionalDouble.empty()));
            // The sequentialised test loses no power and promises no savings.
            boolean promised = test == SequentialTest.OPEN_ENDED;
            String name = test == SequentialTest.PLANNED ? "sequentialised t, stops at 0.95" : "e-process";
            for (PublishedResult result : List.of(f1, dice)) {
                Savings.Outcome outcome = new Savings(plan, result, studies, seed).outcome();
                boolean enough = outcome.saved() >= LEAST_SAVED;
                kept &= enough || !promised;
                rows.add(List.of(
                        name + (result.equals(f1) ? ", F1 +0.150453" : ", Dice +0.14575"),
                        String.format(Locale.ROOT, "%.2f", outcome.meanRepeats()),
                        String.format(Locale.ROOT, "%.1f%%", 100 * outcome.saved()),
                        String.format(Locale.ROOT, "%.4f", outcome.rejected()),
                        enough ? "yes" : "no"));
            }
        }
        lines(rows, out);
        return kept;
    }

    private static void lines(List<List<String>> rows, Consumer<String> out) {
        TextTable.lines(rows, Set.of(0)).forEach(line -> out.accept("  " + line));
        out.accept("");
    }
}
