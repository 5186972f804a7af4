/** One trial: from a request to scores. */
package io.synthray.trainer.trial;
