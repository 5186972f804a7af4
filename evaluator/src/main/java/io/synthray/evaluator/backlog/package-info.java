/** How much work waits for workers, for an autoscaler to ask. */
package io.synthray.evaluator.backlog;
