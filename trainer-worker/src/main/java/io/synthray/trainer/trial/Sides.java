package io.synthray.trainer.trial;

import io.synthray.imaging.mask.Structures;
import io.synthray.trainer.data.UnusableDataException;
import java.util.Arrays;
import java.util.List;

/** Which target takes which one's place when the body is mirrored: left and right exchanged, what has no side stays. */
final class Sides {
    private final int[] others;

    private Sides(int[] others) {
        this.others = others;
    }

    /**
     * The sides of some targets.
     *
     * @param targets names in the order of the network's outputs
     * @throws UnusableDataException when one has a side and its other side is no target: a mirrored image would teach that it is absent
     */
    static Sides of(List<String> targets) {
        int[] others = new int[targets.size()];
        for (int t = 0; t < others.length; t++) {
            String other = Structures.mirrored(targets.get(t));
            others[t] = targets.indexOf(other);
            if (others[t] < 0) {
                throw new UnusableDataException(
                        "augmentation: expected targets that have both sides in order to flip, found '%s' without '%s'"
                                .formatted(targets.get(t), other));
            }
        }
        return new Sides(others);
    }

    /** Planes of a mirrored image by their new names. */
    float[][] exchanged(float[][] planes) {
        return planes.length == 0
                ? planes
                : Arrays.stream(others).mapToObj(o -> planes[o]).toArray(float[][]::new);
    }

    /** Labels of a mirrored image by their new names. */
    float[] exchanged(float[] labels) {
        float[] exchanged = labels.clone();
        for (int t = 0; t < labels.length; t++) {
            exchanged[t] = labels[others[t]];
        }
        return exchanged;
    }
}
