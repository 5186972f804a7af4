package io.synthray.generator.lease;

import org.apache.kafka.clients.consumer.AcknowledgeType;

/** What is to become of a record whose work has ended. */
public enum Disposition {
    /** Its image, outcome or dead letter is safely at the broker: nobody needs it again. */
    ACCEPT(AcknowledgeType.ACCEPT),
    /** This worker gives it back unfinished; another takes it. It costs one of the group's deliveries. */
    RELEASE(AcknowledgeType.RELEASE);

    private final AcknowledgeType word;

    Disposition(AcknowledgeType word) {
        this.word = word;
    }

    AcknowledgeType word() {
        return word;
    }
}
