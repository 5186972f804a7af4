/** Trains downstream networks. Nothing of the engine underneath is visible outside this package. */
package io.synthray.trainer.engine;
