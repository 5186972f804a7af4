/** Offline statistics: measurements from a CSV file, the same numbers that the evaluator publishes. */
package io.synthray.producer.stats;
