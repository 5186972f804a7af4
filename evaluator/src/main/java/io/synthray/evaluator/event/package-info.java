/**
 * What the evaluator takes from its input topics: slim events of one study each, without masks and embeddings, so that little
 * travels when they are gathered by study.
 */
package io.synthray.evaluator.event;
