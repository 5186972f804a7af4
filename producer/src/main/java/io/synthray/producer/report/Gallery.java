package io.synthray.producer.report;

import io.synthray.event.Arm;
import io.synthray.event.ImageSetScope;
import io.synthray.event.StudyPlan;
import io.synthray.event.SyntheticPlan;
import io.synthray.event.Task;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.mask.Mask;
import io.synthray.schemas.id.ImageSetId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Pictures of the page: for each arm with synthetic images a few of them beside the real cases that they were made from. */
final class Gallery {
    private static final int ROWS = 3;

    /** One picture with the words below it. */
    record Figure(String svg, String caption) {}

    /** One synthetic image and what belongs to it. */
    record Row(String title, List<Figure> figures) {}

    /**
     * The pictures of an arm.
     *
     * @param arm name of the arm
     * @param lead what is to be seen
     * @param rows may be empty
     * @param missing sentences on what cannot be shown, and why
     */
    record Wall(String arm, String lead, List<Row> rows, List<String> missing) {}

    private final StudyResults results;
    private final StudyPlan plan;
    private final RealCases real;
    private final StoredPictures store = new StoredPictures();

    Gallery(StudyResults results, RealCases real) {
        this.results = results;
        this.plan = results.study().getPlan();
        this.real = real;
    }

    /** A wall for each arm with synthetic images, in the order of the plan. */
    List<Wall> walls() {
        return plan.getArms().stream()
                .filter(arm -> arm.getSynthetic() != null)
                .map(this::wall)
                .toList();
    }

    private Wall wall(Arm arm) {
        boolean shared = arm.getSynthetic().getScope() == ImageSetScope.SHARED;
        ImageSetId id = shared
                ? ImageSetId.shared(plan.getStudy(), arm.getName())
                : ImageSetId.ofRepeat(plan.getStudy(), arm.getName(), 1);
        SortedMap<Integer, SyntheticImage> images = results.images().getOrDefault(id.key(), new TreeMap<>());
        List<Row> rows = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        if (images.isEmpty()) {
            missing.add("No image of this arm has been made yet.");
        } else if (!real.present()) {
            missing.add("Real radiographs are not shown: " + real.absence() + ".");
        }
        for (SyntheticImage image : images.values().stream().limit(ROWS).toList()) {
            try {
                rows.add(row(id, arm.getSynthetic(), image));
            } catch (PictureUnavailableException e) {
                missing.add("Synthetic image %d is not shown: %s.".formatted(image.index(), e.getMessage()));
            }
        }
        return new Wall(arm.getName(), lead(arm.getSynthetic(), shared), rows, missing);
    }

    private String lead(SyntheticPlan synthetic, boolean shared) {
        String which = shared ? "of the image set that all repeats share" : "of the first repeat's image set";
        String how = synthetic.getMasks() == null
                ? "made from text alone; the %s beside it is one of the same training set, not its source."
                        .formatted(source())
                : "made from the mask of the %s beside it, after a random geometric change.".formatted(source());
        return "The first synthetic images %s, each %s Nothing was selected. Shown at the %d x %d pixels that the network sees."
                .formatted(
                        which,
                        how,
                        plan.getDataset().getImageSide(),
                        plan.getDataset().getImageSide());
    }

    private Row row(ImageSetId id, SyntheticPlan synthetic, SyntheticImage image) {
        String prompt = synthetic
                .getPrompts()
                .get(image.index() % synthetic.getPrompts().size())
                .getText();
        List<Figure> figures = new ArrayList<>();
        if (real.present()) {
            realFigures(figures, id, image.index());
        }
        var pixels = store.image(image);
        Mask mask = store.mask(image);
        if (mask != null) {
            List<String> drawn = drawn(mask);
            figures.add(new Figure(
                    Picture.svg(
                            pixels,
                            "Synthetic radiograph with the outlines of the mask it was made from: "
                                    + String.join(", ", drawn),
                            mask,
                            structures(mask)),
                    "Synthetic, and the mask it was made from"));
        }
        figures.add(new Figure(
                Picture.svg(pixels, "Synthetic radiograph made from the prompt: " + prompt, null, List.of()),
                "Synthetic"));
        return new Row("Image %d: \u201c%s\u201d".formatted(image.index(), prompt), figures);
    }

    private void realFigures(List<Figure> figures, ImageSetId id, int index) {
        DatasetCase radiograph = real.conditioning(id.key(), index);
        if (radiograph == null) {
            return;
        }
        var pixels = real.image(radiograph);
        figures.add(new Figure(
                Picture.svg(pixels, realWord() + " radiograph, case " + radiograph.key(), null, List.of()),
                realWord()));
        if (plan.getTask() == Task.SEGMENTATION) {
            Mask mask = real.mask(radiograph);
            figures.add(new Figure(
                    Picture.svg(
                            pixels,
                            realWord() + " radiograph with the outlines of its mask: " + String.join(", ", drawn(mask)),
                            mask,
                            structures(mask)),
                    realWord() + ", and its mask"));
        }
    }

    private String source() {
        return plan.getDataset().getKind().equals("phantom") ? "phantom" : "real radiograph";
    }

    private String realWord() {
        return plan.getDataset().getKind().equals("phantom") ? "Phantom" : "Real";
    }

    /** A segmenter's targets in their order; a classifier has none, so that whatever the mask has is drawn. */
    private List<String> structures(Mask mask) {
        return plan.getTask() == Task.SEGMENTATION
                ? plan.getTargets()
                : List.copyOf(mask.planes().keySet());
    }

    private List<String> drawn(Mask mask) {
        return structures(mask).stream()
                .filter(name ->
                        mask.plane(name).filter(plane -> plane.area() > 0).isPresent())
                .toList();
    }
}
