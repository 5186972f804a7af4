/** Waiting out what passes: outages of the inference server, the store, the broker, the registry. */
package io.synthray.generator.retry;
