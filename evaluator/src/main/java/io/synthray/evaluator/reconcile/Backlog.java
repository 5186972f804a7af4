package io.synthray.evaluator.reconcile;

/**
 * Records that the share groups have not settled.
 *
 * @param requests generation requests, those that workers hold included
 * @param trials trial requests, those that workers hold included
 */
public record Backlog(long requests, long trials) {}
