/** How the worker does, for probes and people. */
package io.synthray.generator.health;
