package io.synthray.evaluator.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.synthray.evaluator.fixture.Studies;
import io.synthray.event.Study;
import io.synthray.event.StudySeal;
import io.synthray.schemas.serde.EventSerdes;
import io.synthray.schemas.serde.RegistryException;
import io.synthray.schemas.serde.RegistrySettings;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class PatientDecodingTest {
    private static final byte[] OF_SCHEMA_ONE = {0, 0, 0, 0, 1, 2};
    private final Study study = Studies.study(Studies.plan("s", 1, 1, 0), StudySeal.OPEN);
    private final AtomicInteger asked = new AtomicInteger();

    /** A registry at a port where nobody listens, for so many questions; then one that knows. */
    private Decoding awayFor(int questions) {
        RegistryDecoding nobody =
                new RegistryDecoding(new EventSerdes(RegistrySettings.of("http://127.0.0.1:1")), TopicNames.DEFAULT);
        return new Decoding() {
            @Override
            public <T extends SpecificRecord> T decode(Topic<T> topic, byte[] value) {
                return asked.incrementAndGet() <= questions
                        ? nobody.decode(topic, value)
                        : topic.type().cast(study);
            }
        };
    }

    @Test
    void aShortOutageIsWaitedOut() {
        Decoding patient = new PatientDecoding(awayFor(2), 3, Duration.ofMillis(1));
        assertEquals(study, patient.decode(TopicCatalogue.STUDIES, OF_SCHEMA_ONE));
        assertEquals(3, asked.get());
    }

    @Test
    void aLongOneIsHandedOn() {
        Decoding patient = new PatientDecoding(awayFor(9), 3, Duration.ofMillis(1));
        assertThrows(RegistryException.class, () -> patient.decode(TopicCatalogue.STUDIES, OF_SCHEMA_ONE));
        assertEquals(3, asked.get());
    }
}
