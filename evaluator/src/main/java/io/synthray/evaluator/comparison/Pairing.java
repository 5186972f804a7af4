package io.synthray.evaluator.comparison;

import io.synthray.evaluator.comparison.Measurement.Lost;
import io.synthray.evaluator.comparison.Measurement.Measured;
import io.synthray.event.Comparison;
import io.synthray.event.LostPair;
import io.synthray.event.MetricPair;
import io.synthray.event.StatisticsStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * What both arms of a comparison measured, repeat by repeat.
 *
 * @param last last repeat that counts
 * @param pairs by ascending repeat
 * @param lost repeats that will never give a pair
 */
record Pairing(int last, List<MetricPair> pairs, List<LostPair> lost) {
    /** Of the repeats 1 to {@code last}; later ones never enter. */
    static Pairing of(Comparison comparison, int last, Measurements measurements) {
        List<MetricPair> pairs = new ArrayList<>();
        List<LostPair> lost = new ArrayList<>();
        for (int repeat = 1; repeat <= last; repeat++) {
            Measurement arm = measurements.of(comparison.getArm(), repeat);
            Measurement reference = measurements.of(comparison.getReference(), repeat);
            if (arm instanceof Measured a && reference instanceof Measured r) {
                pairs.add(new MetricPair(repeat, a.value(), r.value()));
            }
            if (arm instanceof Lost why) {
                lost.add(new LostPair(repeat, comparison.getArm(), why.why()));
            }
            if (reference instanceof Lost why) {
                lost.add(new LostPair(repeat, comparison.getReference(), why.why()));
            }
        }
        return new Pairing(last, pairs, lost);
    }

    StatisticsStatus status() {
        if (!lost.isEmpty()) {
            return StatisticsStatus.INCOMPLETE;
        }
        return pairs.size() == last ? StatisticsStatus.COMPLETE : StatisticsStatus.WAITING;
    }

    List<Double> differences() {
        return pairs.stream().map(p -> p.getArm() - p.getReference()).toList();
    }

    /** Differences of the repeats 1, 2, ... as far as there is no gap: a sequential test takes them in this order only. */
    List<Double> ordered() {
        int gapless = 0;
        while (gapless < pairs.size() && pairs.get(gapless).getRepeat() == gapless + 1) {
            gapless++;
        }
        return differences().subList(0, gapless);
    }
}
