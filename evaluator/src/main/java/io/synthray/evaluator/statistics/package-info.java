/** Comparison statistics: pure functions of the plan and of the trials' metrics, without Kafka. */
package io.synthray.evaluator.statistics;
