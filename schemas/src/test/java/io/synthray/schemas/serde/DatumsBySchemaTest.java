package io.synthray.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.apicurio.registry.serde.avro.AvroSerdeConfig;
import io.synthray.event.Control;
import io.synthray.event.ControlWord;
import io.synthray.event.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatumsBySchemaTest {
    private static final Control STOP = Control.newBuilder()
            .setStudy("s")
            .setArm("*")
            .setIssuer("test")
            .setWord(ControlWord.STOP)
            .setReason("too dear")
            .build();

    private final DatumsBySchema<Control> datums = new DatumsBySchema<>();

    @BeforeEach
    void configure() {
        datums.configure(new AvroSerdeConfig(Map.of(
                "apicurio.registry.url", "http://127.0.0.1:1", "apicurio.registry.use-specific-avro-reader", true)));
    }

    @Test
    void what_is_written_is_read_by_whoever_has_parsed_the_schema() throws IOException {
        Schema parsed = new Schema.Parser().parse(Control.getClassSchema().toString());
        assertEquals(STOP, read(parsed, written(STOP)));
        assertEquals(STOP, read(parsed, written(STOP)));
    }

    @Test
    void a_schema_has_one_reader_and_one_writer_however_often_it_was_parsed() {
        Schema parsed = new Schema.Parser().parse(Control.getClassSchema().toString());
        assertSame(datums.createDatumReader(Control.getClassSchema()), datums.createDatumReader(parsed));
        assertSame(datums.createDatumWriter(STOP, Control.getClassSchema()), datums.createDatumWriter(STOP, parsed));
        assertNotSame(datums.createDatumReader(parsed), datums.createDatumReader(DeadLetter.getClassSchema()));
    }

    private byte[] written(Control event) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        datums.createDatumWriter(event, event.getSchema()).write(event, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private Control read(Schema schema, byte[] bytes) throws IOException {
        return datums.createDatumReader(schema).read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    }
}
