/** The generator worker: requests in, synthetic radiographs out. Configuration, start and end of the process. */
package io.synthray.generator;
