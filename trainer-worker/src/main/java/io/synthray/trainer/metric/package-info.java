/** Figures on the test split. */
package io.synthray.trainer.metric;
