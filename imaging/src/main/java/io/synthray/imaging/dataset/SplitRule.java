package io.synthray.imaging.dataset;

import io.synthray.imaging.random.CounterRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A seeded, stratified split of cases that their publisher has not split. Groups are never taken apart. The groups of a stratum (the
 * findings that any of a group's cases has) are shuffled, strata follow each other by name, and a group goes to the test side whenever the
 * cases so far call for it, so that every stratum of some size gets its share and the whole gets it to within one group.
 *
 * @param testFraction share of test cases, 0 to 1, both excluded
 * @param seed names the split
 */
public record SplitRule(double testFraction, long seed) {

    /** A fifth for the test, seed 0. */
    public static final SplitRule STANDARD = new SplitRule(0.2, 0);

    /** @throws IllegalArgumentException if the share is out of range */
    public SplitRule {
        if (!(testFraction > 0 && testFraction < 1)) {
            throw new IllegalArgumentException("expected a test fraction above 0 and below 1, found " + testFraction);
        }
    }

    /**
     * The side of every group.
     *
     * @param groups cases by group
     */
    Map<String, Split> split(Map<String, List<ListedCase>> groups) {
        Map<String, List<String>> strata = new TreeMap<>();
        groups.keySet().stream().sorted(Comparator.comparing(CaseKey::of)).forEach(group -> strata.computeIfAbsent(
                        stratum(groups.get(group)), s -> new ArrayList<>())
                .add(group));
        CounterRandom random = new CounterRandom(seed, 1);
        Map<String, Split> sides = new HashMap<>();
        double owed = random.nextUniform() - 0.5;
        for (List<String> stratum : strata.values()) {
            shuffle(stratum, random);
            for (String group : stratum) {
                int size = groups.get(group).size();
                owed += testFraction * size;
                boolean test = owed >= size / 2.0;
                owed -= test ? size : 0;
                sides.put(group, test ? Split.TEST : Split.TRAIN);
            }
        }
        return sides;
    }

    private static String stratum(List<ListedCase> group) {
        return group.stream()
                .flatMap(c -> c.labels().present().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    private static void shuffle(List<String> groups, CounterRandom random) {
        for (int i = groups.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            groups.set(j, groups.set(i, groups.get(j)));
        }
    }
}
