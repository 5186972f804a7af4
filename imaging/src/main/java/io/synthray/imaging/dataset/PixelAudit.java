package io.synthray.imaging.dataset;

import io.synthray.imaging.digest.Sha256;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.Structures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads every image and mask, several at a time, and gathers what is wrong with them and which pictures are equal. */
final class PixelAudit {

    private final List<DatasetCase> cases;
    private final Pixels pixels;
    private final List<String> structures;

    PixelAudit(List<DatasetCase> cases, Pixels pixels, List<String> structures) {
        this.cases = cases;
        this.pixels = pixels;
        this.structures = structures;
    }

    private record Found(DatasetCase datasetCase, String digest, List<DatasetProblem> problems) {}

    Audit run() {
        List<Found> found = cases.parallelStream().map(this::look).toList();
        Map<String, List<DatasetCase>> byDigest = new LinkedHashMap<>();
        List<DatasetProblem> problems = new ArrayList<>();
        for (Found each : found) {
            problems.addAll(each.problems());
            if (!each.digest().isEmpty()) {
                List<DatasetCase> same = byDigest.computeIfAbsent(each.digest(), d -> new ArrayList<>(1));
                same.add(each.datasetCase());
                if (same.size() > 1) {
                    problems.add(DatasetProblem.warning(
                            pixels.location(each.datasetCase().id()),
                            "identical to the image of case " + same.get(0).key(),
                            each.datasetCase().key()));
                }
            }
        }
        return new Audit(
                problems,
                byDigest.values().stream()
                        .filter(same -> same.size() > 1)
                        .map(same -> same.stream().map(DatasetCase::key).toList())
                        .toList());
    }

    private Found look(DatasetCase c) {
        List<DatasetProblem> problems = new ArrayList<>();
        String location = pixels.location(c.id());
        try {
            GreyImage image = pixels.image(c.id());
            WashedOut.warning(c, location, image).ifPresent(problems::add);
            if (!structures.isEmpty()) {
                checkMask(c, location, pixels.mask(c.id(), image.width(), image.height()), image, problems);
            }
            return new Found(c, Sha256.hex(digested(image)), problems);
        } catch (ImageFormatException e) {
            problems.add(DatasetProblem.error(location, e.reason(), c.key()));
            return new Found(c, "", problems);
        }
    }

    private static byte[] digested(GreyImage image) {
        byte[] levels = image.toBytes();
        byte[] all = Arrays.copyOf(levels, levels.length + 4);
        all[levels.length] = (byte) image.width();
        all[levels.length + 1] = (byte) (image.width() >> 8);
        all[levels.length + 2] = (byte) image.height();
        all[levels.length + 3] = (byte) (image.height() >> 8);
        return all;
    }

    private void checkMask(DatasetCase c, String location, Mask mask, GreyImage image, List<DatasetProblem> problems) {
        // Masks at another resolution are fine, those of another shape belong to another image.
        double stretch = (double) mask.width() * image.height() / ((double) mask.height() * image.width());
        if (Math.abs(stretch - 1) > 0.02) {
            problems.add(DatasetProblem.error(
                    location,
                    "expected a mask of the image's shape, " + image.width() + " x " + image.height() + ", found "
                            + mask.width() + " x " + mask.height(),
                    c.key()));
        }
        OptionalDouble left = centre(mask.plane(Structures.LEFT_LUNG));
        OptionalDouble right = centre(mask.plane(Structures.RIGHT_LUNG));
        if (left.isPresent() && right.isPresent() && left.getAsDouble() < right.getAsDouble()) {
            problems.add(DatasetProblem.warning(
                    location,
                    "expected the patient's left lung on the right of the image, found it on the left",
                    c.key()));
        }
    }

    private static OptionalDouble centre(Optional<Plane> plane) {
        return plane.isPresent() ? plane.get().centreX() : OptionalDouble.empty();
    }
}
