/**
 * What the evaluator knows of a study and decides from it: image sets, trials, comparisons, the study's state. Nothing here knows
 * Kafka: events come in by {@link io.synthray.evaluator.study.StudyEvaluator}, records go out by {@link
 * io.synthray.evaluator.study.Outbox}, and what must be remembered lies in {@link io.synthray.evaluator.study.Table}s.
 */
package io.synthray.evaluator.study;
