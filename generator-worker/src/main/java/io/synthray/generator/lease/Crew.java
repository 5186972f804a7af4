package io.synthray.generator.lease;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Which of a worker's members of the share group there is work for. Each holds a batch of requests; where the server is slow, many members
 * hold what other workers could make, renew its leases, and ask the broker more than they get from it. So members leave while few requests
 * come through, and join again as soon as there are more.
 */
final class Crew {
    /** Members take turns among partitions: the fewer there are, the longer a small study may wait behind a big one (docs/decisions/0051). */
    private static final int LEAST = 4;

    /** What the worker holds at hand, as the time in which it gets through as much; one batch more waits to be told of. */
    private static final Duration AT_HAND = Duration.ofSeconds(3);

    private static final Duration COUNTED = Duration.ofSeconds(10);

    /** It is not worth to join and leave a group for less. */
    private static final Duration STAY = Duration.ofMinutes(1);

    private final int batch;
    private final LongSupplier nanoTime;
    private final long[] neededUntil;
    private long countedFrom;
    private int count;
    private boolean dismissed;

    /**
     * All are needed at first.
     *
     * @param members 1 or more
     * @param batch requests that a member holds at once
     * @param nanoTime a monotonic clock
     */
    Crew(int members, int batch, LongSupplier nanoTime) {
        this.batch = batch;
        this.nanoTime = nanoTime;
        this.neededUntil = new long[members];
        this.countedFrom = nanoTime.getAsLong();
        require(members);
    }

    /** A member has got through requests. Not those that it is given: after a pause many are taken at once, however slow the server is. */
    synchronized void ended(int requests) {
        count += requests;
        double seconds = (nanoTime.getAsLong() - countedFrom) / 1e9;
        if (seconds >= COUNTED.toSeconds()) {
            require(1 + (int) Math.ceil(count / seconds * AT_HAND.toSeconds() / batch));
            count = 0;
            countedFrom = nanoTime.getAsLong();
        }
    }

    private synchronized void require(int members) {
        long now = nanoTime.getAsLong();
        boolean more = false;
        for (int i = 0; i < Math.min(members, neededUntil.length); i++) {
            more |= !needs(i);
            neededUntil[i] = now + STAY.toNanos();
        }
        if (more) {
            notifyAll();
        }
    }

    /**
     * Whether there is work for a member.
     *
     * @param member 0 or more; those with the least numbers stay
     */
    synchronized boolean needs(int member) {
        return member < LEAST || neededUntil[member] - nanoTime.getAsLong() > 0;
    }

    /** Waits until there is work for a member, or all are dismissed. */
    synchronized void awaitNeed(int member) throws InterruptedException {
        while (!dismissed && !needs(member)) {
            wait();
        }
    }

    /** Ends every wait. */
    synchronized void dismiss() {
        dismissed = true;
        notifyAll();
    }
}
