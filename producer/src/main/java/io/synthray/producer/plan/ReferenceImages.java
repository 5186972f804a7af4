package io.synthray.producer.plan;

import io.synthray.event.ReferenceSide;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.Split;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Real images that a study's synthetic ones are held against. All are of the train split: those of any repeat's subset on one side, those
 * of patients of whom none is in a subset on the other. Of a big side only the images with the smallest hashed ids are used.
 *
 * @param dataset reads them
 * @param side pixels of a side
 * @param train at most {@value #MOST}, by key
 * @param heldOut at most {@value #MOST}, by key
 */
public record ReferenceImages(Dataset dataset, int side, List<DatasetCase> train, List<DatasetCase> heldOut) {
    /** Images of a side; enough for a Frechet distance of 512 features, and embedded within minutes. */
    static final int MOST = 10_000;

    /** Held-out images without which there is no figure. */
    public static final int FEWEST_HELD_OUT = 6;

    static ReferenceImages of(Dataset dataset, int side, List<List<DatasetCase>> subsets) {
        Set<DatasetCase> train = new LinkedHashSet<>();
        subsets.forEach(train::addAll);
        Set<String> groups = new HashSet<>();
        train.forEach(c -> groups.add(c.group()));
        List<DatasetCase> heldOut = dataset.cases(Split.TRAIN).stream()
                .filter(c -> !groups.contains(c.group()))
                .toList();
        return new ReferenceImages(dataset, side, smallest(train), smallest(heldOut));
    }

    private static List<DatasetCase> smallest(Collection<DatasetCase> cases) {
        return cases.stream()
                .sorted(Comparator.comparing(DatasetCase::key))
                .limit(MOST)
                .toList();
    }

    /** The cases of one side. */
    public List<DatasetCase> cases(ReferenceSide which) {
        return switch (which) {
            case TRAIN -> train;
            case HELD_OUT -> heldOut;
        };
    }
}
