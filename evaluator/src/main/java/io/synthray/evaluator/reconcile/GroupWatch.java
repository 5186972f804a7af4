package io.synthray.evaluator.reconcile;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks at the share groups again and again, on a thread of its own. */
public final class GroupWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GroupWatch.class);

    private final Callable<Observation> reader;
    private final Duration interval;
    private final Settlement settlement = new Settlement();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile PassedBy passedBy = PassedBy.NOTHING;
    private volatile Optional<Backlog> backlog = Optional.empty();
    private boolean answered = true;

    /**
     * @param reader asks the broker
     * @param interval between two looks
     */
    public GroupWatch(GroupReader reader, Duration interval) {
        this.reader = reader::read;
        this.interval = interval;
    }

    /** Begins to look. */
    public void start() {
        Thread thread = new Thread(this::lookOnAndOn, "group-watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** How far the groups are done, as far as all their answers have been counted. */
    public PassedBy passedBy() {
        return passedBy;
    }

    /** Records that the groups have not settled; empty while the broker does not say. */
    public Optional<Backlog> backlog() {
        return backlog;
    }

    private void lookOnAndOn() {
        try {
            while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Observation seen = reader.call();
            settlement.observe(seen);
            passedBy = settlement.settled();
            backlog = Optional.of(seen.backlog());
            answered = true;
        } catch (Exception e) {
            backlog = Optional.empty();
            if (answered) {
                LOG.warnf("the share groups' offsets are not known, asking on: %s", e.toString());
            }
            answered = false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
