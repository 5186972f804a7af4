/**
 * Finds what the share groups have passed by. A share group gives up on a record after its delivery limit, without a trace; so
 * requests that lie before a group's start offset and have no answer are published again, with the same id.
 */
package io.synthray.evaluator.reconcile;
