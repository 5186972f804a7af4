package io.synthray.imaging.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts every case on a side. Cases of equal pixels become one group; those that a publisher has put on several sides are left out but for
 * the ones of the last side, so that a test stays what others test with.
 */
final class Sides {

    private final Listing listing;
    private final List<List<String>> identical;
    private final Set<String> leftOut = new HashSet<>();
    private final Map<String, String> parents = new HashMap<>();

    /** @param identical ids of cases whose pixels are equal */
    Sides(Listing listing, List<List<String>> identical) {
        this.listing = listing;
        this.identical = identical;
    }

    /** A case and where it stands. */
    record Placed(ListedCase listed, String group, Split split) {}

    /**
     * The cases that are left with group and side.
     *
     * @throws DatasetException if the publisher's split has a group on two sides
     */
    List<Placed> place(SplitRule rule) {
        Map<String, ListedCase> byId = new HashMap<>();
        listing.cases().forEach(c -> byId.put(c.id(), c));
        for (List<String> same : identical) {
            join(same.stream().map(byId::get).toList());
        }
        Map<String, List<ListedCase>> groups = new LinkedHashMap<>();
        for (ListedCase c : listing.cases()) {
            if (!leftOut.contains(c.id())) {
                groups.computeIfAbsent(root(c.group()), g -> new ArrayList<>()).add(c);
            }
        }
        Map<String, Split> sides = listing.isSplit() ? published(groups) : rule.split(groups);
        List<Placed> placed = new ArrayList<>();
        groups.forEach((group, cases) -> cases.forEach(c -> placed.add(new Placed(c, group, sides.get(group)))));
        return placed;
    }

    /** Number of cases that are left out, since another side has the same picture. */
    int leftOut() {
        return leftOut.size();
    }

    private void join(List<ListedCase> same) {
        Split last = same.stream()
                .map(ListedCase::split)
                .filter(s -> s != null)
                .max(Comparator.naturalOrder())
                .orElse(null);
        List<ListedCase> kept = same.stream().filter(c -> c.split() == last).toList();
        same.stream().filter(c -> c.split() != last).forEach(c -> leftOut.add(c.id()));
        String first = root(kept.get(0).group());
        for (ListedCase c : kept) {
            String other = root(c.group());
            if (!other.equals(first)) {
                parents.put(other, first);
            }
        }
    }

    private String root(String group) {
        String at = group;
        while (parents.containsKey(at)) {
            at = parents.get(at);
        }
        return at;
    }

    private static Map<String, Split> published(Map<String, List<ListedCase>> groups) {
        Map<String, Split> sides = new HashMap<>();
        List<DatasetProblem> problems = new ArrayList<>();
        groups.forEach((group, cases) -> {
            Split side = cases.get(0).split();
            sides.put(group, side);
            if (cases.stream().anyMatch(c -> c.split() != side)) {
                problems.add(DatasetProblem.error(
                        "split",
                        "expected the cases of group " + CaseKey.of(group) + " on one side, found them on several",
                        null));
            }
        });
        if (!problems.isEmpty()) {
            throw new DatasetException(problems);
        }
        return sides;
    }
}
