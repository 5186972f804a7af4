package io.synthray.producer.report;

import io.synthray.event.StudyPlan;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.mask.Mask;
import io.synthray.producer.plan.Datasets;
import io.synthray.producer.plan.PlannedImageSet;
import io.synthray.producer.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The real radiographs of a plan, where its dataset can be read on this machine. */
final class RealCases {
    /** Checking reads every file; a larger dataset was checked when it was submitted. */
    private static final int MOST_CHECKED = 5_000;

    private final Dataset dataset;
    private final int side;
    private final Map<String, PlannedImageSet> imageSets;
    private final String absence;

    private RealCases(Dataset dataset, int side, List<PlannedImageSet> imageSets, String absence) {
        this.dataset = dataset;
        this.side = side;
        this.imageSets =
                imageSets.stream().collect(Collectors.toMap(set -> set.id().key(), Function.identity()));
        this.absence = absence;
    }

    /** Opens the plan's dataset; one that is absent or has changed is told by {@link #absence()}. */
    static RealCases of(StudyPlan plan) {
        int side = plan.getDataset().getImageSide();
        try {
            Dataset dataset = Datasets.open(plan.getDataset());
            if (!dataset.fingerprint().equals(plan.getDataset().getFingerprint())) {
                return absent(
                        "the dataset at the plan's path is not the one that was planned with: its fingerprint differs");
            }
            return new RealCases(dataset, side, new Planner().requests(plan).imageSets(), "");
        } catch (DatasetException e) {
            return absent("the dataset cannot be read on this machine: " + e.withoutIds());
        } catch (IllegalArgumentException e) {
            return absent("the dataset's path is none on this machine");
        }
    }

    /** As if the dataset could not be read. */
    static RealCases absent(String why) {
        return new RealCases(null, 0, List.of(), why);
    }

    /** Why there are no real cases; empty where there are. */
    String absence() {
        return absence;
    }

    boolean present() {
        return dataset != null;
    }

    /** The real case whose mask conditioned the image; null where it is not known. */
    DatasetCase conditioning(String imageSet, int index) {
        PlannedImageSet set = imageSets.get(imageSet);
        return set == null ? null : set.conditioning(index);
    }

    /** @throws PictureUnavailableException when it cannot be read */
    GreyImage image(DatasetCase radiograph) {
        try {
            return dataset.image(radiograph, side);
        } catch (DatasetException e) {
            throw new PictureUnavailableException(e.withoutIds(), e);
        }
    }

    /** @throws PictureUnavailableException when it cannot be read */
    Mask mask(DatasetCase radiograph) {
        try {
            return dataset.mask(radiograph, side);
        } catch (DatasetException e) {
            throw new PictureUnavailableException(e.withoutIds(), e);
        }
    }

    /** What a person should know about the dataset, without ids. */
    List<String> warnings() {
        if (dataset == null) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>(dataset.warnings());
        if (dataset.cases().size() > MOST_CHECKED) {
            warnings.add("The dataset has %s; its files were not read again for this report."
                    .formatted(Numbers.count(dataset.cases().size(), "case")));
        } else {
            dataset.check().stream().map(DatasetProblem::withoutIds).forEach(warnings::add);
        }
        return warnings;
    }
}
