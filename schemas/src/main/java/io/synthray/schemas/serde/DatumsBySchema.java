package io.synthray.schemas.serde;

import io.apicurio.registry.serde.avro.DefaultAvroDatumProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;

/**
 * Keeps readers and writers of events by their schema. The serde's own provider writes a schema down in its canonical form and takes
 * that one's fingerprint for each event that it reads or writes, which costs as much as the event does. Made by the serde, which finds
 * it by its class.
 *
 * @param <T> the events; all are specific records
 */
public final class DatumsBySchema<T> extends DefaultAvroDatumProvider<T> {
    private final Map<Schema, DatumReader<T>> readers = new ConcurrentHashMap<>();
    private final Map<Schema, DatumWriter<T>> writers = new ConcurrentHashMap<>();

    @Override
    public DatumReader<T> createDatumReader(Schema schema) {
        return readers.computeIfAbsent(schema, super::createDatumReader);
    }

    @Override
    public DatumWriter<T> createDatumWriter(T event, Schema schema) {
        return writers.computeIfAbsent(schema, missing -> super.createDatumWriter(event, missing));
    }
}
