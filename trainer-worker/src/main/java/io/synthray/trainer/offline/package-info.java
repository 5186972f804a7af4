/** One trial without broker, registry or store. */
package io.synthray.trainer.offline;
