package io.synthray.imaging.describe;

import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.reader.DatasetKind;
import io.synthray.imaging.reader.DatasetSource;
import io.synthray.imaging.reader.Datasets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts a data set. Images are not read; masks are, unless there are very many. */
public final class Describer {

    private static final String ALL = "all";
    private static final int MOST_MASKS = 50_000;
    private static final int SIDE = 1024;

    private Describer() {}

    /**
     * Describes what is at a source's path; a label file alone will do.
     *
     * @throws DatasetException if an option is wrong or nothing of the kind is there
     */
    public static Description describe(DatasetSource source) {
        Listing listing = Datasets.list(source);
        List<DatasetProblem> problems = new ArrayList<>(listing.problems());
        List<DatasetCase> cases = List.of();
        List<String> warnings = listing.grouping().warning().stream().toList();
        String split = "none";
        if (listing.pixels().hasImages() && noErrors(problems)) {
            try {
                Dataset dataset = Datasets.open(source);
                cases = dataset.cases();
                warnings = dataset.warnings();
                split = listing.isSplit() || source.kind() == DatasetKind.FOLDER ? "published" : "seeded";
            } catch (DatasetException e) {
                problems.addAll(e.problems());
            }
        }
        Map<String, String> sides = cases.stream()
                .collect(Collectors.toMap(DatasetCase::id, c -> c.split().word()));
        boolean placed = !sides.isEmpty();
        Function<String, String> side = id -> placed ? sides.get(id) : ALL;
        return new Description(
                source.kind().word(),
                source.kind().title(),
                listing.grouping().word(),
                split,
                splits(listing, cases),
                classes(listing, side),
                structures(listing, side, problems),
                listing.facts(),
                listing.notes(),
                warnings,
                problems);
    }

    private static boolean noErrors(List<DatasetProblem> problems) {
        return problems.stream().noneMatch(p -> p.severity() == DatasetProblem.Severity.ERROR);
    }

    private static List<Description.SplitCount> splits(Listing listing, List<DatasetCase> cases) {
        if (cases.isEmpty()) {
            long groups =
                    listing.cases().stream().map(c -> c.group()).distinct().count();
            return List.of(new Description.SplitCount(ALL, listing.cases().size(), groups));
        }
        List<Description.SplitCount> counts = new ArrayList<>();
        for (Split split : Split.values()) {
            List<DatasetCase> of =
                    cases.stream().filter(c -> c.split() == split).toList();
            if (!of.isEmpty()) {
                counts.add(new Description.SplitCount(
                        split.word(),
                        of.size(),
                        of.stream().map(DatasetCase::group).distinct().count()));
            }
        }
        return counts;
    }

    private static List<Description.ClassCount> classes(Listing listing, Function<String, String> side) {
        List<Description.ClassCount> counts = new ArrayList<>();
        for (String label : listing.labels()) {
            Map<String, long[]> bySide = new TreeMap<>();
            listing.cases().forEach(c -> {
                String at = side.apply(c.id());
                if (at != null) {
                    Boolean value = c.labels().get(label);
                    bySide.computeIfAbsent(at, s -> new long[3])[value == null ? 2 : value ? 0 : 1]++;
                }
            });
            bySide.forEach((at, of) -> counts.add(new Description.ClassCount(label, at, of[0], of[1], of[2])));
        }
        return counts;
    }

    private static List<Description.StructureCount> structures(
            Listing listing, Function<String, String> side, List<DatasetProblem> problems) {
        if (listing.structures().isEmpty() || listing.cases().size() > MOST_MASKS) {
            return List.of();
        }
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        listing.structures().forEach(structure -> counts.put(structure, new TreeMap<>()));
        listing.cases().forEach(c -> {
            String at = side.apply(c.id());
            if (at == null) {
                return;
            }
            try {
                listing.pixels().mask(c.id(), SIDE, SIDE).planes().forEach((structure, plane) -> counts.get(structure)
                        .merge(at, isDrawn(plane), Long::sum));
            } catch (ImageFormatException e) {
                problems.add(DatasetProblem.error(
                        listing.pixels().location(c.id()), e.reason(), io.synthray.imaging.dataset.CaseKey.of(c.id())));
            }
        });
        List<Description.StructureCount> list = new ArrayList<>();
        counts.forEach((structure, bySide) ->
                bySide.forEach((at, count) -> list.add(new Description.StructureCount(structure, at, count))));
        return list;
    }

    private static long isDrawn(Plane plane) {
        return plane.area() > 0 ? 1 : 0;
    }
}
