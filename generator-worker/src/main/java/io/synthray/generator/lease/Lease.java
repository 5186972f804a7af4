package io.synthray.generator.lease;

import org.apache.kafka.clients.consumer.AcknowledgeType;

/** A record that a consumer holds, and how its work stands. Times are of a monotonic clock in nanoseconds. */
sealed interface Lease {
    /** The record. */
    Position position();

    /** What to tell the broker now. */
    AcknowledgeType word();

    /**
     * Under way.
     *
     * @param renewNanos when the lease is to be renewed
     */
    record Working(Position position, long renewNanos) implements Lease {
        @Override
        public AcknowledgeType word() {
            return AcknowledgeType.RENEW;
        }
    }

    /**
     * Ended.
     *
     * @param disposition what the broker is still to be told
     */
    record Settled(Position position, Disposition disposition) implements Lease {
        @Override
        public AcknowledgeType word() {
            return disposition.word();
        }
    }
}
