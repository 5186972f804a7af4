package io.synthray.producer.report;

import io.synthray.event.Estimate;
import io.synthray.event.Fidelity;
import io.synthray.event.SampleFidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** How image sets compare with real images, and what real train images reach, for the page. */
final class FidelityTable {
    /** A row: image set (or real images) and its cells, one a column. */
    record Line(String name, List<String> cells) {}

    static final List<String> COLUMNS = List.of(
            "images",
            "Frechet",
            "KID [95%]",
            "precision",
            "recall",
            "density",
            "coverage",
            "nearest train",
            "near copies");

    private final StudyResults results;

    FidelityTable(StudyResults results) {
        this.results = results;
    }

    /** Whether the plan wants fidelity. */
    boolean wanted() {
        return results.study().getPlan().getFidelity() != null;
    }

    /** A row an image set, real images last. */
    List<Line> rows() {
        List<Line> rows = new ArrayList<>();
        for (Fidelity set : results.fidelity()) {
            List<String> cells = new ArrayList<>();
            cells.add(set.getImages() + (set.getComplete() ? "" : " so far"));
            cells.add(set.getFrechet() == null ? Numbers.NONE : number(set.getFrechet()));
            cells.addAll(figures(set.getSample()));
            rows.add(new Line(set.getArm() + "/" + set.getImageSet(), cells));
        }
        results.fidelity().stream()
                .map(Fidelity::getReal)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(real -> {
                    List<String> cells = new ArrayList<>(List.of(Integer.toString(real.getImages()), Numbers.NONE));
                    cells.addAll(figures(real));
                    rows.add(new Line("for comparison: real train images", cells));
                });
        return rows;
    }

    /** What a reader has to know: embedder, held-out images, and why figures are missing. */
    List<String> notes() {
        if (results.fidelity().isEmpty()) {
            return List.of("No figures yet. Where images have been made and there are none, the generators were set up"
                    + " without the plan's embedder.");
        }
        List<String> notes = new ArrayList<>();
        Fidelity first = results.fidelity().get(0);
        notes.add("Features: %d of %s. Against %s."
                .formatted(
                        first.getDimension(),
                        first.getEmbedder(),
                        Numbers.count(first.getHeldOut(), "held-out real image")));
        results.fidelity().stream()
                .filter(set -> !set.getNote().isEmpty())
                .map(Fidelity::getNote)
                .distinct()
                .forEach(note -> notes.add(note + "."));
        return notes;
    }

    private static List<String> figures(SampleFidelity sample) {
        if (sample == null) {
            return COLUMNS.stream().skip(2).map(column -> Numbers.NONE).toList();
        }
        return Stream.of(
                        "%s [%s, %s]"
                                .formatted(kid(sample.getKid()), kid(sample.getKidLow()), kid(sample.getKidHigh())),
                        estimate(sample.getPrecision()),
                        estimate(sample.getRecall()),
                        estimate(sample.getDensity()),
                        estimate(sample.getCoverage()),
                        sample.getNearestTrain() == null ? Numbers.NONE : number(sample.getNearestTrain()),
                        estimate(sample.getNearCopies()))
                .toList();
    }

    private static String estimate(Estimate estimate) {
        return estimate == null
                ? Numbers.NONE
                : String.format(Locale.ROOT, "%.2f \u00b1 %.2f", estimate.getValue(), estimate.getStandardError());
    }

    private static String kid(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replace('-', '\u2212');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value)
                .replace('-', '\u2212');
    }
}
