package io.synthray.evaluator.study;

/**
 * An arm that was stopped early.
 *
 * @param repeat last repeat that counts, 1 or more
 * @param reason for the reader
 */
public record StoppedArm(int repeat, String reason) {}
