/** The Kafka Streams topology: topics in, study by study through {@link io.synthray.evaluator.study}, topics out. */
package io.synthray.evaluator.topology;
