package io.synthray.trainer.metric;

import io.synthray.event.Metric;
import io.synthray.event.Task;
import io.synthray.trainer.data.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scores of all test cases, and the same figures within each subgroup of them. */
public final class SubgroupScoring {
    private SubgroupScoring() {}

    /**
     * What {@link Scoring#of} says of all cases, followed by its metrics of each subgroup, by name.
     *
     * @param targets structures or classes in the order of the network's outputs
     * @param probabilities for each case in turn its values in the order of the outputs
     * @param decision how probabilities become calls
     */
    public static TestScores of(
            Task task, List<String> targets, List<TestCase> test, float[] probabilities, Decision decision) {
        CaseScores scores = Scoring.cases(task, targets, test, probabilities, decision);
        TestScores all = scores.all();
        List<Metric> metrics = new ArrayList<>(all.metrics());
        TreeSet<String> subgroups =
                test.stream().flatMap(c -> c.subgroups().stream()).collect(Collectors.toCollection(TreeSet::new));
        for (String subgroup : subgroups) {
            int[] members = IntStream.range(0, test.size())
                    .filter(c -> test.get(c).subgroups().contains(subgroup))
                    .toArray();
            for (Metric metric : scores.of(members)) {
                metrics.add(
                        new Metric(metric.getName(), metric.getTarget(), metric.getValue(), subgroup, members.length));
            }
        }
        return new TestScores(metrics, all.cases(), all.decisions());
    }
}
