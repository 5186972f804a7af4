package io.synthray.evaluator.event;

/**
 * Where a record lies in its topic.
 *
 * @param partition 0..
 * @param offset 0..
 */
public record Position(int partition, long offset) {}
