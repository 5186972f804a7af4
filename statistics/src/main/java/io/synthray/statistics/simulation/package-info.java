/** Simulations that show what the tests promise: error rates without an effect, and what early stopping saves with one. */
package io.synthray.statistics.simulation;
