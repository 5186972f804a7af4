/** From one request to its image in the store and its event, or to the outcome that says why there is none. */
package io.synthray.generator.request;
