package io.synthray.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Control;
import io.synthray.event.ControlWord;
import io.synthray.schemas.topic.TopicCatalogue;
import java.io.EOFException;
import java.net.ConnectException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class EventDecoderTest {
    private static final Control STOP = Control.newBuilder()
            .setStudy("s")
            .setArm("*")
            .setIssuer("test")
            .setWord(ControlWord.STOP)
            .setReason("")
            .build();

    private static EventDecoder<Control> decoder(Deserializer<Control> deserializer) {
        return new EventDecoder<>(TopicCatalogue.CONTROL, "synthray.control", deserializer);
    }

    @Property(tries = 300)
    void bytes_without_the_header_never_reach_the_registry(@ForAll byte[] bytes) {
        EventDecoder<Control> decoder = decoder((topic, data) -> STOP);
        if (bytes.length >= 5 && bytes[0] == 0) {
            assertEquals(STOP, decoder.decode(bytes));
        } else {
            assertThrows(UndecodableEventException.class, () -> decoder.decode(bytes));
        }
    }

    @Test
    void a_missing_value_is_named_as_such() {
        var refused = assertThrows(UndecodableEventException.class, () -> decoder((topic, data) -> STOP)
                .decode(null));
        assertEquals("expected a Control, found no value", refused.getMessage());
    }

    @Test
    void a_registry_that_is_away_is_not_the_records_fault() {
        EventDecoder<Control> decoder = decoder((topic, data) -> {
            throw new IllegalStateException(new ConnectException("Connection refused"));
        });
        assertThrows(RegistryException.class, () -> decoder.decode(new byte[] {0, 0, 0, 0, 1}));
    }

    @Test
    void a_record_that_ends_too_early_is() {
        EventDecoder<Control> decoder = decoder((topic, data) -> {
            throw new IllegalStateException(new EOFException());
        });
        var refused = assertThrows(UndecodableEventException.class, () -> decoder.decode(new byte[] {0, 0, 0, 0, 1}));
        assertTrue(refused.getMessage().contains("5 bytes"), refused.getMessage());
    }
}
