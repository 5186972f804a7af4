package io.synthray.evaluator.topology;

import io.synthray.schemas.serde.RegistryException;
import io.synthray.schemas.topic.Topic;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.jboss.logging.Logger;

/**
 * Asks again while the registry does not answer. The stream's transaction is open meanwhile: a wait beyond its time-out makes Kafka
 * Streams take the record again, which loses nothing. So the wait may last as long as a stream thread may stay away from its
 * consumer.
 */
public final class PatientDecoding implements Decoding {
    private static final Logger LOG = Logger.getLogger(PatientDecoding.class);

    private static final int ATTEMPTS_A_LINE = 10;

    private final Decoding decoding;
    private final int attempts;
    private final Duration pause;

    /**
     * @param decoding whom to ask
     * @param attempts how often, 1 or more
     * @param pause between two attempts
     */
    public PatientDecoding(Decoding decoding, int attempts, Duration pause) {
        this.decoding = decoding;
        this.attempts = attempts;
        this.pause = pause;
    }

    @Override
    public <T extends SpecificRecord> T decode(Topic<T> topic, byte[] value) {
        for (int attempt = 1; ; attempt++) {
            try {
                return decoding.decode(topic, value);
            } catch (RegistryException e) {
                if (attempt >= attempts || !pause()) {
                    throw e;
                }
                if (attempt % ATTEMPTS_A_LINE == 1) {
                    LOG.warnf("waiting for the registry: %s", e.getMessage());
                }
            }
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
