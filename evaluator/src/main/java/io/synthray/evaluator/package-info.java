/** The evaluator's process: configuration, start, Kafka Streams' settings. */
package io.synthray.evaluator;
