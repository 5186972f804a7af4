package io.synthray.trainer.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What training makes small.
 *
 * @param kind the loss
 * @param focus exponent of the focal loss, 0 or more; others pass it over
 * @param targetWeights for each target what it weighs; empty where each weighs the same. Binary losses weigh a target's positives, cross-entropy the
 *     cases of a class, Dice a structure.
 */
public record Objective(Kind kind, double focus, List<Double> targetWeights) {
    /** Losses. */
    public enum Kind {
        /** Binary cross-entropy of each target by itself. */
        BINARY_CROSS_ENTROPY("bce"),
        /** Cross-entropy of classes that exclude each other. */
        CROSS_ENTROPY("cross-entropy"),
        /** One minus the soft Dice coefficient. */
        DICE("dice"),
        /** The sum of both. */
        BINARY_CROSS_ENTROPY_AND_DICE("bce+dice"),
        /** Binary cross-entropy in which what is already right counts less (Lin et al., arXiv 1708.02002). */
        FOCAL("focal");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The name in study files. */
        public String label() {
            return label;
        }

        /**
         * The loss of a name.
         *
         * @throws UnsupportedNetworkException when there is none
         */
        public static Kind of(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label.equals(label))
                    .findFirst()
                    .orElseThrow(() -> new UnsupportedNetworkException("loss: expected one of %s, found '%s'"
                            .formatted(
                                    Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(", ")),
                                    label)));
        }
    }

    /**
     * Copies the list.
     *
     * @throws UnsupportedNetworkException when the exponent or a weight is out of its range
     */
    public Objective {
        targetWeights = List.copyOf(targetWeights);
        if (!(focus >= 0 && Double.isFinite(focus))) {
            throw new UnsupportedNetworkException("focal loss's exponent: expected 0 or more, found " + focus);
        }
        for (double weight : targetWeights) {
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new UnsupportedNetworkException("weight of a target: expected above 0, found " + weight);
            }
        }
    }

    /** A loss whose targets weigh the same. */
    public static Objective of(Kind kind) {
        return new Objective(kind, 2, List.of());
    }

    /** Whether exactly one target is true of an image, so that its probabilities sum to 1. */
    public boolean exclusive() {
        return kind == Kind.CROSS_ENTROPY;
    }
}
