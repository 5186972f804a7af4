package io.synthray.generator.lease;

import io.synthray.generator.retry.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The records of one consumer with the work that is done for them; used by the consumer's own thread only. */
final class HeldRecords {
    private static final Logger LOG = Logger.getLogger(HeldRecords.class);

    private final RequestHandler handler;
    private final Executor executor;
    private final Leases leases;
    private final Map<Position, Work> works = new LinkedHashMap<>();

    private record Work(ConsumerRecord<byte[], byte[]> record, Claim claim, CompletableFuture<Disposition> end) {}

    HeldRecords(RequestHandler handler, Executor executor, Duration renewAfter) {
        this.handler = handler;
        this.executor = executor;
        this.leases = new Leases(renewAfter);
    }

    /** Begins the work for records that are new: one thread wakes for all of them. */
    void polled(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        Map<Position, ConsumerRecord<byte[], byte[]>> byPosition = new LinkedHashMap<>();
        records.forEach(record -> byPosition.put(Delivery.positionOf(record), record));
        long now = System.nanoTime();
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (Position position : leases.polled(byPosition.keySet(), now)) {
            ConsumerRecord<byte[], byte[]> record = byPosition.get(position);
            Claim claim = new Claim();
            CompletableFuture<Void> start = new CompletableFuture<>();
            works.put(
                    position,
                    new Work(
                            record,
                            claim,
                            start.thenCompose(begun -> handler.handle(Delivery.of(record, now), claim))));
            starts.add(start);
        }
        if (!starts.isEmpty()) {
            executor.execute(() -> starts.forEach(start -> start.complete(null)));
        }
    }

    boolean isEmpty() {
        return leases.isEmpty();
    }

    /** Waits until all work has ended, a renewal is due or the time is over. True when all has ended. */
    boolean awaitEnd(Duration longest) throws InterruptedException {
        return await(ends(), Math.min(longest.toNanos(), leases.untilRenewal(System.nanoTime())));
    }

    /** Waits until all work has ended, a renewal is due or the signal comes. True when all has ended. */
    boolean awaitEndOr(CompletableFuture<?> signal) throws InterruptedException {
        return await(CompletableFuture.anyOf(ends(), signal), leases.untilRenewal(System.nanoTime()));
    }

    private CompletableFuture<Void> ends() {
        return CompletableFuture.allOf(works.values().stream().map(Work::end).toArray(CompletableFuture<?>[]::new));
    }

    private boolean await(CompletableFuture<?> end, long nanos) throws InterruptedException {
        try {
            end.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
            LOG.tracef("still under way or failed: %s", e.getMessage());
        }
        works.forEach((position, work) -> {
            if (work.end().isDone()) {
                leases.settle(position, disposition(work));
            }
        });
        return leases.isSettled();
    }

    private static Disposition disposition(Work work) {
        if (work.end().isCompletedExceptionally()) {
            LOG.errorf("the work on record %s failed unexpectedly", Delivery.positionOf(work.record()));
            return Disposition.RELEASE;
        }
        return work.end().join();
    }

    /** Whether a renewal is due. */
    boolean isRenewalDue() {
        return leases.untilRenewal(System.nanoTime()) <= 0;
    }

    /** What to tell the broker; records whose work has ended are held no more. */
    Map<ConsumerRecord<byte[], byte[]>, AcknowledgeType> report() {
        Map<ConsumerRecord<byte[], byte[]>, AcknowledgeType> words = new LinkedHashMap<>();
        leases.report(System.nanoTime()).forEach((position, word) -> {
            Work work = word == AcknowledgeType.RENEW ? works.get(position) : works.remove(position);
            words.put(work.record(), word);
        });
        return words;
    }

    /** Records held that are not among these. */
    Set<Position> missing(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        List<Position> positions = new ArrayList<>();
        records.forEach(record -> positions.add(Delivery.positionOf(record)));
        return leases.missing(positions);
    }

    /** Begins nothing more; what runs ends. */
    void giveUp() {
        works.values().forEach(work -> work.claim().giveUp());
    }
}
