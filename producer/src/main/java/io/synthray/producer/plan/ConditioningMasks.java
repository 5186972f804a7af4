package io.synthray.producer.plan;

import io.synthray.event.MaskStructure;
import io.synthray.event.MaskTransform;
import io.synthray.event.StudyPlan;
import io.synthray.event.Task;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.mask.RunLengths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Masks that condition the generator: a real case's mask, changed at random, as run-lengths. */
final class ConditioningMasks {
    private static final int CACHED = 1024;

    private final StudyPlan plan;
    private final Dataset dataset;
    private final Map<DatasetCase, Mask> read = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DatasetCase, Mask> eldest) {
            return size() > CACHED;
        }
    };

    ConditioningMasks(StudyPlan plan, Dataset dataset) {
        this.plan = plan;
        this.dataset = dataset;
    }

    /** The case's mask after the transform's draw for {@code seed}. */
    synchronized io.synthray.event.Mask of(DatasetCase source, MaskTransform ranges, long seed) {
        Mask mask = read.computeIfAbsent(
                source, c -> dataset.mask(c, plan.getDataset().getImageSide()));
        Mask changed = Transforms.of(ranges).apply(mask, seed);
        List<MaskStructure> structures = specified(changed, ranges).entrySet().stream()
                .map(entry -> MaskStructure.newBuilder()
                        .setName(entry.getKey())
                        .setRuns(RunLengths.encode(entry.getValue()))
                        .build())
                .toList();
        return io.synthray.event.Mask.newBuilder()
                .setWidth(changed.width())
                .setHeight(changed.height())
                .setStructures(structures)
                .build();
    }

    /** The structures that are given or given as absent, by name; the others are left open. */
    private SortedMap<String, Plane> specified(Mask mask, MaskTransform masks) {
        SortedMap<String, Plane> specified = new TreeMap<>(mask.planes());
        specified.entrySet().removeIf(entry -> !isGiven(entry.getKey(), entry.getValue(), masks));
        Plane nothing = Plane.union(mask.width(), mask.height(), List.of());
        masks.getAbsent().forEach(structure -> specified.put(structure, nothing));
        return specified;
    }

    /**
     * A segmenter's targets, and structures that the study names, are given even where nothing of them is there. Others are not, since a
     * bit-set mask cannot tell one that is absent from one that nobody drew; a classifier has no such targets, so that what is drawn counts.
     */
    private boolean isGiven(String structure, Plane plane, MaskTransform masks) {
        if (masks.getStructures() != null) {
            return masks.getStructures().contains(structure);
        }
        return plan.getTask() == Task.SEGMENTATION ? plan.getTargets().contains(structure) : plane.area() > 0;
    }
}
