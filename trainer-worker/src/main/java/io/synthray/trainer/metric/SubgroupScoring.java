package io.synthray.trainer.metric;

import io.synthray.event.Metric;
import io.synthray.event.Task;
import io.synthray.trainer.data.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        TestScores all = Scoring.of(task, targets, test, probabilities, decision);
        List<Metric> metrics = new ArrayList<>(all.metrics());
        TreeSet<String> subgroups =
                test.stream().flatMap(c -> c.subgroups().stream()).collect(Collectors.toCollection(TreeSet::new));
        for (String subgroup : subgroups) {
            metrics.addAll(within(subgroup, task, targets, test, probabilities, decision));
        }
        return new TestScores(metrics, all.cases(), all.decisions());
    }

    private static List<Metric> within(
            String subgroup,
            Task task,
            List<String> targets,
            List<TestCase> test,
            float[] probabilities,
            Decision decision) {
        int width = probabilities.length / test.size();
        List<TestCase> members = new ArrayList<>();
        float[] theirs = new float[probabilities.length];
        for (int i = 0; i < test.size(); i++) {
            if (test.get(i).subgroups().contains(subgroup)) {
                System.arraycopy(probabilities, i * width, theirs, members.size() * width, width);
                members.add(test.get(i));
            }
        }
        return Scoring.of(task, targets, members, theirs, decision).metrics().stream()
                .map(m -> new Metric(m.getName(), m.getTarget(), m.getValue(), subgroup, members.size()))
                .toList();
    }
}
