/** The packaged worker against a real broker, a real registry and a real inference server. */
package io.synthray.generator.it;
