/** YAML with positions: every fault of a file is collected with its line and column, none stops the reading. */
package io.synthray.producer.yaml;
