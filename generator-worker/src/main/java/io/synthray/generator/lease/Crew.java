package io.synthray.generator.lease;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Which of a worker's members of the share group there is work for. A slow inference server needs few requests at hand, and each member
 * holds a batch of them that other workers could have, renews their leases and asks the broker for more; a fast one needs all members. So
 * members leave when the samples in flight have not asked for them for a while, and join again as soon as they do.
 */
final class Crew {
    /** One whose batch is over takes none until that is told; meanwhile the server works on what another holds. */
    private static final int LEAST = 2;

    /** Samples in flight come and go faster than it is worth to join and leave a group. */
    private static final Duration STAY = Duration.ofMinutes(1);

    private final int batch;
    private final IntSupplier inFlightLimit;
    private final LongSupplier nanoTime;
    private final long[] neededUntil;
    private boolean dismissed;

    /**
     * All are needed at first.
     *
     * @param members 1 or more
     * @param batch requests that a member holds at once
     * @param inFlightLimit how many samples may be in flight now
     * @param nanoTime a monotonic clock
     */
    Crew(int members, int batch, IntSupplier inFlightLimit, LongSupplier nanoTime) {
        this.batch = batch;
        this.inFlightLimit = inFlightLimit;
        this.nanoTime = nanoTime;
        this.neededUntil = new long[members];
        require(members);
    }

    /** A member was given requests. Twice as many as the server has are read, encoded, stored or told of meanwhile, or wait their turn. */
    void working() {
        require((2 * inFlightLimit.getAsInt() + batch - 1) / batch);
    }

    private synchronized void require(int members) {
        long now = nanoTime.getAsLong();
        boolean more = false;
        for (int i = 0; i < Math.min(Math.max(members, LEAST), neededUntil.length); i++) {
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
