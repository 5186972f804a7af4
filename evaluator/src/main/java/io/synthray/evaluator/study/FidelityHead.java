package io.synthray.evaluator.study;

/**
 * Features of an image set's images, but for products and sample.
 *
 * @param embedder what made them
 * @param mixed whether different embedders did
 * @param dimension features of an image
 * @param count images
 * @param sums a feature's sum over the images
 * @param published images when it was published last
 * @param complete whether it was published after the image set had ended
 */
@SuppressWarnings("ArrayRecordComponent") // Kept and read back; nobody compares them.
public record FidelityHead(
        String embedder, boolean mixed, int dimension, long count, long[] sums, long published, boolean complete) {}
