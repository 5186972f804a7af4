/** A comparison's statistics from what its trials measured: pure functions, without Kafka. */
package io.synthray.evaluator.comparison;
