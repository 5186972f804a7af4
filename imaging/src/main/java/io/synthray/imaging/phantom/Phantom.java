package io.synthray.imaging.phantom;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.random.CounterRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An endless sequence of radiographs of made-up patients. Image {@code index} of a seed is always the same, whatever else has been
 * made and on whatever machine.
 *
 * @param seed names the sequence
 */
public record Phantom(long seed) {

    private static final double HEALTHY = 0.25;
    private static final double ANOTHER_FINDING = 0.35;
    private static final int MOST_FINDINGS = 3;
    private static final int IMAGES_PER_GROUP = 4;

    private enum Purpose {
        ANATOMY,
        FINDINGS,
        LESIONS,
        EXPOSURE,
        NOISE
    }

    /** Labels and prompt of one case. A quarter has no finding; the others have one to three of different kinds. */
    public PhantomCase at(long index) {
        List<LateralFinding> findings = drawFindings(random(index, Purpose.FINDINGS));
        SortedMap<String, Boolean> labels = new TreeMap<>();
        for (Finding finding : Finding.values()) {
            labels.put(finding.label(), findings.stream().anyMatch(found -> found.finding() == finding));
        }
        return new PhantomCase(
                index,
                String.format(Locale.ROOT, "phantom-%06d", index),
                String.format(Locale.ROOT, "patient-%06d", patient(index)),
                Collections.unmodifiableSortedMap(labels),
                FindingsPrompt.ofLateral(findings),
                findings);
    }

    /**
     * Renders one case's radiograph.
     *
     * @param side pixels along each side of the square, at least 8
     * @throws IllegalArgumentException if the side is smaller
     */
    public GreyImage image(long index, int side) {
        return renderer(index, side).image(random(index, Purpose.NOISE));
    }

    /**
     * Renders one case's mask: the exact outlines of the structures of {@link
     * io.synthray.imaging.mask.Structures#DRAWN}, lungs without the part before which the heart lies.
     *
     * @param side pixels along each side of the square, at least 8
     * @throws IllegalArgumentException if the side is smaller
     */
    public Mask mask(long index, int side) {
        return renderer(index, side).mask();
    }

    private Renderer renderer(long index, int side) {
        if (side < 8) {
            throw new IllegalArgumentException("expected a side of at least 8 pixels, found " + side);
        }
        Thorax healthy = Thorax.draw(random(patient(index), Purpose.ANATOMY));
        Patient patient = Patient.of(healthy, at(index).findings(), random(index, Purpose.LESIONS));
        return new Renderer(patient, Exposure.draw(random(index, Purpose.EXPOSURE)), side);
    }

    private static List<LateralFinding> drawFindings(CounterRandom random) {
        if (random.chance(HEALTHY)) {
            return List.of();
        }
        List<Finding> left = new ArrayList<>(List.of(Finding.values()));
        List<LateralFinding> found = new ArrayList<>();
        do {
            Finding finding = left.remove(random.nextInt(left.size()));
            found.add(new LateralFinding(finding, random.chance(0.5) ? Side.LEFT : Side.RIGHT));
        } while (found.size() < MOST_FINDINGS && random.chance(ANOTHER_FINDING));
        found.sort(Comparator.comparing(LateralFinding::finding));
        return List.copyOf(found);
    }

    /**
     * The first index at or after {@code index} that starts with a patient of its own, so that images before it and images from it
     * on share no patient.
     */
    public static long nextPatientGroup(long index) {
        return (index + IMAGES_PER_GROUP - 1) / IMAGES_PER_GROUP * IMAGES_PER_GROUP;
    }

    private static long patient(long index) {
        long group = index / IMAGES_PER_GROUP;
        long within = index % IMAGES_PER_GROUP;
        return group * (IMAGES_PER_GROUP - 1) + Math.max(0, within - 1);
    }

    private CounterRandom random(long index, Purpose purpose) {
        return new CounterRandom(seed, index * Purpose.values().length + purpose.ordinal());
    }
}
