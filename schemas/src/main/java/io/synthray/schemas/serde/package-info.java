/** Avro in the Confluent wire format through the schema registry. */
package io.synthray.schemas.serde;
