/** How the evaluator does, for probes and people. */
package io.synthray.evaluator.health;
