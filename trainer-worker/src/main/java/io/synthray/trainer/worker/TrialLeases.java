package io.synthray.trainer.worker;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Takes records from the share group one at a time, has them worked on by another thread, and renews their leases meanwhile. A
 * record is accepted only after its work is done. A renewed record comes back from the next poll, so records are known by
 * partition and offset. A record whose lease was lost (the broker went away) and that comes back is the same work still.
 */
final class TrialLeases implements Runnable {
    private static final Logger LOG = Logger.getLogger(TrialLeases.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration BEFORE_RECONNECTING = Duration.ofSeconds(2);
    private static final int REMEMBERED = 100;

    private final Supplier<ShareConsumer<byte[], byte[]>> consumers;
    private final Consumer<ConsumerRecord<byte[], byte[]>> work;
    private final ExecutorService executor;
    private final Duration renewal;
    private final Patience patience;
    private final Pulse pulse;
    private final Map<Position, Future<?>> held = new LinkedHashMap<>();
    /** When the record that is still to come back was renewed. */
    private Optional<Long> renewed = Optional.empty();

    /** Where a record stands; the time tells it from one of a topic that was made anew. */
    private record Position(int partition, long offset, long timestamp) {
        static Position of(ConsumerRecord<?, ?> record) {
            return new Position(record.partition(), record.offset(), record.timestamp());
        }
    }

    /**
     * @param consumers makes members of the share group that take one record at a time
     * @param work returns when a record's result is safe
     * @param executor runs the work; one thread
     * @param renewal time between renewals
     * @param patience tells when to stop
     * @param pulse is told of every round
     */
    TrialLeases(
            Supplier<ShareConsumer<byte[], byte[]>> consumers,
            Consumer<ConsumerRecord<byte[], byte[]>> work,
            ExecutorService executor,
            Duration renewal,
            Patience patience,
            Pulse pulse) {
        this.consumers = consumers;
        this.work = work;
        this.executor = executor;
        this.renewal = renewal;
        this.patience = patience;
        this.pulse = pulse;
    }

    @Override
    public void run() {
        while (!patience.stopped()) {
            try (ShareConsumer<byte[], byte[]> consumer = consumers.get()) {
                while (!patience.stopped()) {
                    round(consumer);
                    pulse.beat();
                }
            } catch (KafkaException | IllegalStateException e) {
                renewed = Optional.empty();
                LOG.warnf("taking trials failed, trying again: %s", e.getMessage());
                sleep(BEFORE_RECONNECTING);
            }
        }
    }

    private void round(ShareConsumer<byte[], byte[]> consumer) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        requireBackIfRenewed(records);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            held.computeIfAbsent(Position.of(record), position -> executor.submit(() -> work.accept(record)));
        }
        boolean accepted = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            AcknowledgeType word = word(record);
            consumer.acknowledge(record, word);
            accepted |= word == AcknowledgeType.ACCEPT;
            renewed = word == AcknowledgeType.RENEW ? Optional.of(System.nanoTime()) : Optional.empty();
        }
        // Renewals travel with the next poll; an acceptance must not wait for it, since it may wait long for a record.
        if (accepted) {
            commit(consumer);
        }
        forgetDone();
    }

    /**
     * A share consumer whose renewed record does not come back, for instance since the broker was away, goes on waiting for it and
     * is given nothing else; so it is of no use any more.
     */
    private void requireBackIfRenewed(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()
                && renewed.filter(at -> System.nanoTime() - at > renewal.toNanos())
                        .isPresent()) {
            throw new IllegalStateException("the renewed trial did not come back");
        }
    }

    /** What to say of a record: waits for its work, but not longer than a lease may wait for its renewal. */
    private AcknowledgeType word(ConsumerRecord<byte[], byte[]> record) {
        Future<?> end = held.get(Position.of(record));
        try {
            end.get(renewal.toMillis(), TimeUnit.MILLISECONDS);
            return AcknowledgeType.ACCEPT;
        } catch (TimeoutException e) {
            return AcknowledgeType.RENEW;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AcknowledgeType.RENEW;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof StoppedException)) {
                LOG.errorf(e.getCause(), "the trial at %s goes back to the group", Position.of(record));
            }
            held.remove(Position.of(record));
            return AcknowledgeType.RELEASE;
        }
    }

    private static void commit(ShareConsumer<byte[], byte[]> consumer) {
        consumer.commitSync()
                .forEach((partition, failure) -> failure.ifPresent(e ->
                        LOG.warnf("a trial of %s is done, but its lease was lost: %s", partition, e.getMessage())));
    }

    /**
     * Work that is done is remembered for a while: a record may come back although it was accepted, when the broker went away
     * before it had written that down.
     */
    private void forgetDone() {
        if (held.size() > REMEMBERED) {
            held.values().removeIf(Future::isDone);
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
