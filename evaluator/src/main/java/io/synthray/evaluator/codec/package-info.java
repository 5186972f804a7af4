/** Bytes of the evaluator's own: state and the topic that gathers events by study. No other service reads them. */
package io.synthray.evaluator.codec;
