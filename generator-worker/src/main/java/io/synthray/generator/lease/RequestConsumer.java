package io.synthray.generator.lease;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.jboss.logging.Logger;

/**
 * One member of the share group on a thread of its own: takes a few records, keeps their leases while their work goes on,
 * acknowledges each, then takes the next few; is in the group while there is work for it. Fit to be killed at any moment.
 */
final class RequestConsumer implements Runnable {
    private static final Logger LOG = Logger.getLogger(RequestConsumer.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    /**
     * How long the first poll after some work may take; each empty one doubles it, up to {@link #LONGEST_WAIT}, which costs an idle worker
     * less. A poll of kafka-clients 4.2 goes on asking the broker until it is given something; where that is the end of a transaction
     * alone, it waits out its time without asking again. That end comes right after records, and would keep what is next for as long
     * as the poll lasts.
     */
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);

    /** Also how much longer a worker may take to stop. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<ShareConsumer<byte[], byte[]>> consumers;
    private final String topic;
    private final RequestHandler handler;
    private final Executor executor;
    private final Duration renewAfter;
    private final Pulse pulse;
    private final Crew crew;
    private final int number;
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private volatile long stopNanos;

    /**
     * @param consumers opens a share consumer with explicit acknowledgement
     * @param executor calls the handler
     * @param renewAfter age at which a lease is renewed; less than half of the group's lock
     * @param number its place in the crew
     */
    RequestConsumer(
            String name,
            Supplier<ShareConsumer<byte[], byte[]>> consumers,
            String topic,
            RequestHandler handler,
            Executor executor,
            Duration renewAfter,
            Pulse pulse,
            Crew crew,
            int number) {
        this.name = name;
        this.consumers = consumers;
        this.topic = topic;
        this.handler = handler;
        this.executor = executor;
        this.renewAfter = renewAfter;
        this.pulse = pulse;
        this.crew = crew;
        this.number = number;
    }

    /** Takes nothing more and returns what has not begun; work that runs may end within the grace. */
    void stop(Duration grace) {
        stopNanos = System.nanoTime() + grace.toNanos();
        stop.complete(null);
    }

    private boolean isStopping() {
        return stop.isDone();
    }

    @Override
    public void run() {
        try {
            while (!isStopping()) {
                HeldRecords held = new HeldRecords(handler, executor, renewAfter);
                ShareConsumer<byte[], byte[]> consumer = consumers.get();
                try {
                    consumer.setAcknowledgementCommitCallback(RequestConsumer::acknowledged);
                    consumer.subscribe(Set.of(topic));
                    consume(consumer, held);
                } catch (KafkaException | LeaseLostException | IllegalStateException e) {
                    LOG.warnf("consumer=%s begins anew: %s", name, e.getMessage());
                    pulse.beat(name);
                    Thread.sleep(TICK.toMillis());
                } finally {
                    held.giveUp();
                    close(consumer);
                }
                awaitNeed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pulse.stop(name);
        }
    }

    private void awaitNeed() throws InterruptedException {
        if (!isStopping() && !crew.needs(number)) {
            LOG.debugf("consumer=%s left the group, as few requests come through", name);
            pulse.stop(name);
            crew.awaitNeed(number);
        }
    }

    private void consume(ShareConsumer<byte[], byte[]> consumer, HeldRecords held) throws InterruptedException {
        Duration wait = FIRST_WAIT;
        while (!isStopping() && crew.needs(number)) {
            pulse.beat(name);
            held.polled(consumer.poll(wait));
            wait = held.isEmpty() ? longer(wait) : FIRST_WAIT;
            while (!held.isEmpty()) {
                pulse.beat(name);
                if (isStopping()) {
                    held.giveUp();
                    if (System.nanoTime() > stopNanos) {
                        LOG.warnf("consumer=%s stops before its work has ended; others will take it", name);
                        return;
                    }
                }
                hold(consumer, held);
            }
        }
        consumer.commitSync(CLOSE);
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    }

    private void hold(ShareConsumer<byte[], byte[]> consumer, HeldRecords held) throws InterruptedException {
        boolean ended = isStopping() ? held.awaitEnd(TICK) : held.awaitEndOr(stop);
        if (ended) {
            // The words travel with the next poll's request.
            Map<ConsumerRecord<byte[], byte[]>, AcknowledgeType> words = held.report();
            words.forEach(consumer::acknowledge);
            crew.ended(words.size());
        } else if (held.isRenewalDue()) {
            renew(consumer, held);
        }
    }

    /**
     * Renews every lease. A share consumer whose renewed records do not come back, for instance since the broker was away, goes on
     * waiting for them and is given nothing else; so it is of no use any more.
     */
    private void renew(ShareConsumer<byte[], byte[]> consumer, HeldRecords held) {
        held.report().forEach(consumer::acknowledge);
        Map<TopicIdPartition, Optional<KafkaException>> results = consumer.commitSync(renewAfter);
        results.values().stream().flatMap(Optional::stream).findFirst().ifPresent(failure -> {
            throw new LeaseLostException(failure.getMessage(), failure);
        });
        ConsumerRecords<byte[], byte[]> records = renewed(consumer);
        Set<Position> missing = held.missing(records);
        if (!missing.isEmpty()) {
            throw new LeaseLostException("records " + missing + " did not come back", null);
        }
        held.polled(records);
    }

    /** What the first poll that returns anything returns: while some is not acknowledged, polling again is an error. */
    private ConsumerRecords<byte[], byte[]> renewed(ShareConsumer<byte[], byte[]> consumer) {
        long deadline = System.nanoTime() + renewAfter.toNanos();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(TICK);
        while (records.isEmpty() && System.nanoTime() < deadline) {
            records = consumer.poll(TICK);
        }
        return records;
    }

    private static void acknowledged(Map<TopicIdPartition, Set<Long>> offsets, Exception failure) {
        if (failure != null) {
            offsets.forEach((partition, lost) -> LOG.warnf(
                    "partition=%d acknowledgement of %d records was lost, they will be delivered again: %s",
                    partition.partition(), lost.size(), failure.getMessage()));
        }
    }

    private void close(ShareConsumer<byte[], byte[]> consumer) {
        try {
            consumer.close(CLOSE);
        } catch (KafkaException e) {
            LOG.warnf("consumer=%s did not close cleanly: %s", name, e.getMessage());
        }
    }
}
