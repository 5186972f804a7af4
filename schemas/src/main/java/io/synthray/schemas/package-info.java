/** The contract between services: topics, identifiers, serdes. */
package io.synthray.schemas;
