package io.synthray.trainer.worker;

import static org.apache.kafka.clients.consumer.AcknowledgeType.ACCEPT;
import static org.apache.kafka.clients.consumer.AcknowledgeType.RELEASE;
import static org.apache.kafka.clients.consumer.AcknowledgeType.RENEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrialLeasesTest {
    private static final Duration RENEWAL = Duration.ofMillis(50);
    /** For work that ends at once, however busy the machine is. */
    private static final Duration NO_RENEWAL = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final GroupMember member = new GroupMember();
    private final List<Long> worked = new CopyOnWriteArrayList<>();
    private final Patience patience = new Patience();
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() throws InterruptedException {
        patience.stop();
        loop.shutdown();
        executor.shutdown();
        assertTrue(loop.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertTrue(executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void renewsWhileTheWorkGoesOnAndAcceptsAfterIt() {
        start(record -> {
            await(() -> member.said.size() >= 3);
            worked.add(record.offset());
        });
        member.deliver(7);
        await(() -> member.said.contains(ACCEPT));
        assertEquals(List.of(7L), worked);
        int last = member.said.size() - 1;
        assertEquals(ACCEPT, member.said.get(last));
        assertTrue(last >= 3, member.said.toString());
        assertEquals(
                List.of(RENEW), member.said.subList(0, last).stream().distinct().toList());
    }

    @Test
    void acceptsWhatComesBackAlthoughItIsDone() {
        start(() -> member, NO_RENEWAL, record -> worked.add(record.offset()));
        member.deliver(7);
        await(() -> member.said.size() == 1);
        member.deliver(7);
        await(() -> member.said.size() == 2);
        assertEquals(List.of(ACCEPT, ACCEPT), List.copyOf(member.said));
        assertEquals(List.of(7L), worked);
    }

    @Test
    void givesBackWhatTheWorkerCouldNotDo() {
        start(() -> member, NO_RENEWAL, record -> {
            worked.add(record.offset());
            if (worked.size() == 1) {
                throw new StoppedException();
            }
        });
        member.deliver(7);
        await(() -> member.said.size() == 1);
        member.deliver(7);
        await(() -> member.said.size() == 2);
        assertEquals(List.of(RELEASE, ACCEPT), List.copyOf(member.said));
        assertEquals(List.of(7L, 7L), worked);
    }

    @Test
    void worksOnTwoRecordsInTurn() {
        AtomicBoolean both = new AtomicBoolean();
        start(record -> {
            await(both::get);
            sleep(120);
            worked.add(record.offset());
        });
        member.deliver(7);
        await(() -> member.said.contains(RENEW));
        member.deliver(8);
        both.set(true);
        await(() -> member.said.stream().filter(ACCEPT::equals).count() == 2);
        assertEquals(List.of(7L, 8L), worked);
    }

    @Test
    void aMemberThatGetsARenewedRecordNotBackIsReplaced() {
        GroupMember stuck = new GroupMember();
        stuck.losesRenewed = true;
        start(List.of(stuck, member).iterator()::next, RENEWAL, record -> {
            await(() -> stuck.closed);
            worked.add(record.offset());
        });
        stuck.deliver(7);
        await(() -> stuck.closed);
        member.deliver(7);
        await(() -> member.said.contains(ACCEPT));
        assertEquals(List.of(7L), worked, "the work has gone on meanwhile");
    }

    private void start(Consumer<ConsumerRecord<byte[], byte[]>> work) {
        start(() -> member, RENEWAL, work);
    }

    private void start(
            Supplier<ShareConsumer<byte[], byte[]>> members,
            Duration renewal,
            Consumer<ConsumerRecord<byte[], byte[]>> work) {
        loop.execute(new TrialLeases(members, work, executor, renewal, patience, new Pulse()));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited in vain");
            sleep(5);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A member whose renewed records come back from the next poll, as the real one's do. */
    private static final class GroupMember extends MockShareConsumer<byte[], byte[]> {
        private final List<AcknowledgeType> said = new CopyOnWriteArrayList<>();
        private volatile boolean losesRenewed;
        private volatile boolean closed;

        GroupMember() {
            subscribe(List.of("trials"));
        }

        void deliver(long offset) {
            addRecord(new ConsumerRecord<>("trials", 0, offset, new byte[0], new byte[0]));
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            sleep(5);
            return super.poll(timeout);
        }

        @Override
        public synchronized void close() {
            super.close();
            closed = true;
        }

        @Override
        public synchronized void acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
            said.add(type);
            if (type == RENEW && !losesRenewed) {
                deliver(record.offset());
            }
        }
    }
}
