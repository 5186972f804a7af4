package io.synthray.producer.stats;

import java.util.Optional;

/**
 * What a CSV file does not say.
 *
 * @param reference arm that every other is compared with
 * @param alpha family-wise error rate, above 0 and below 1
 * @param priorScale of the e-process and the confidence sequence, above 0
 * @param resplit sizes of train and test where each repeat split them anew; empty where it did not
 */
public record OfflineSettings(String reference, double alpha, double priorScale, Optional<Resplit> resplit) {
    /**
     * Sizes of a split that is drawn anew in each repeat.
     *
     * @param train cases, 1 or more
     * @param test cases, 1 or more
     */
    public record Resplit(long train, long test) {}
}
