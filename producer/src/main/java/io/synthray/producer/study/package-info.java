/** Study files: YAML in, a checked specification out, or every fault of the file at once. */
package io.synthray.producer.study;
