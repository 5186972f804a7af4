package io.synthray.generator.lease;

import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.ShareGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * The worker's members of the share group of generators. The broker gives each partition to one member while there are fewer
 * members than partitions, and a member takes its partitions' records in turns; so several members, each with few
 * partitions and few records at a time, keep a small study from waiting behind a big one.
 */
public final class RequestConsumers {
    private static final Logger LOG = Logger.getLogger(RequestConsumers.class);
    private static final int FETCH_WAIT_MILLIS = 5000;

    /**
     * Below a half: kafka-clients 4.2 may ask the broker once more than it is polled, where an answer comes just when a poll begins, and
     * what that brings is leased, yet not seen before what is held ends or is renewed. It is then to be renewed as long after, at 80%.
     */
    private static final int RENEW_AT_PERCENT = 40;

    private static final Duration LATE = Duration.ofSeconds(10);

    private final Crew crew;
    private final List<RequestConsumer> consumers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * @param worker name for logs and client ids
     * @param count members at most, 1 or more
     * @param batch records that a member takes at once, 1 or more
     * @param executor calls the handler
     * @param pulse is told that the members are alive
     */
    public RequestConsumers(
            KafkaSettings kafka,
            String worker,
            int count,
            int batch,
            RequestHandler handler,
            Executor executor,
            Pulse pulse) {
        ShareGroup group = ShareGroup.GENERATORS;
        Duration renewAfter = group.lock().multipliedBy(RENEW_AT_PERCENT).dividedBy(100);
        this.crew = new Crew(count, batch, System::nanoTime);
        for (int i = 0; i < count; i++) {
            String name = worker + "-" + i;
            RequestConsumer consumer = new RequestConsumer(
                    name,
                    () -> open(kafka, group, name, batch),
                    kafka.names().of(group.topic()),
                    handler,
                    executor,
                    renewAfter,
                    pulse,
                    crew,
                    i);
            consumers.add(consumer);
            threads.add(new Thread(consumer, "requests-" + i));
        }
    }

    private static ShareConsumer<byte[], byte[]> open(KafkaSettings kafka, ShareGroup group, String name, int batch) {
        return new KafkaShareConsumer<>(
                kafka.client(Map.of(
                        "group.id",
                        kafka.names().of(group),
                        "client.id",
                        name,
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        batch,
                        // The broker answers as soon as there is a record; an idle member should not ask twice a
                        // second.
                        "fetch.max.wait.ms",
                        FETCH_WAIT_MILLIS,
                        "enable.metrics.push",
                        false)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Starts taking requests. */
    public void start() {
        threads.forEach(Thread::start);
    }

    /**
     * Stops taking requests, lets what runs end and returns the rest.
     *
     * @param grace how long what runs may take
     */
    public void stop(Duration grace) {
        consumers.forEach(consumer -> consumer.stop(grace));
        crew.dismiss();
        try {
            for (Thread thread : threads) {
                thread.join(grace.plus(LATE).toMillis());
            }
        } catch (InterruptedException e) {
            LOG.warn("interrupted while the consumers stop");
            Thread.currentThread().interrupt();
        }
    }
}
