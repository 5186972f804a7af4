package io.synthray.producer.watch;

import io.synthray.event.StudyPhase;
import io.synthray.producer.broker.Platform;
import io.synthray.producer.submit.SubmittedStudies;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/**
 * Shows a study's progress until it has ended. It only reads topics, so that any number of watchers may come and go; an outage of
 * the broker or the registry on the way is waited out and said.
 */
public final class StudyWatch {
    private static final Duration REDRAW = Duration.ofMillis(500);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration NO_EVALUATOR = Duration.ofSeconds(20);

    private static final int LAST_POLLS = 5;

    /** How progress is shown. */
    public enum Style {
        /** One block that is redrawn in place, for a terminal. */
        BLOCK,
        /** Lines, only when something has changed, for logs and pipes. */
        LINES;

        /** A block where a person sits in front of a terminal that can move its cursor, lines otherwise. */
        public static Style fitting() {
            String terminal = System.getenv("TERM");
            boolean capable = terminal != null && !terminal.isEmpty() && !terminal.equals("dumb");
            return System.console() != null && capable ? BLOCK : LINES;
        }
    }

    private final Platform platform;
    private final PrintWriter out;
    private final Style style;

    /**
     * @param platform whose topics are read
     * @param out where progress goes
     * @param style how it is shown
     */
    public StudyWatch(Platform platform, PrintWriter out, Style style) {
        this.platform = platform;
        this.out = out;
        this.style = style;
    }

    /**
     * Watches until the study is COMPLETE or FAILED, or the time is up, or the thread is interrupted, which counts as that.
     *
     * @param study id of a study that has been submitted
     * @param timeout how long at most; nothing for no limit
     * @throws io.synthray.producer.submit.UnknownStudyException when it has never been submitted
     * @throws io.synthray.producer.broker.PlatformUnavailableException when the broker does not answer at first
     * @throws io.synthray.schemas.serde.RegistryException when no registry answers at first
     */
    public WatchOutcome watch(String study, Optional<Duration> timeout) {
        platform.checkReadable();
        new SubmittedStudies(platform).get(study);
        Display display = style == Style.BLOCK ? new TerminalDisplay(out, study) : new LineDisplay(out);
        try (StudyFeed feed = new StudyFeed(platform, study)) {
            return follow(feed, display, timeout);
        }
    }

    private static WatchOutcome follow(StudyFeed feed, Display display, Optional<Duration> timeout) {
        long began = System.nanoTime();
        Duration heard = Duration.ZERO;
        TimeLeft timeLeft = new TimeLeft();
        while (true) {
            boolean changed = feed.poll(REDRAW);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
            if (changed) {
                heard = elapsed;
            } else if (elapsed.minus(heard).compareTo(SILENCE) > 0) {
                feed.askBroker();
                heard = elapsed;
            }
            timeLeft.observe(elapsed.toMillis() / 1000.0, feed.progress());
            Optional<WatchOutcome> outcome = outcome(feed.progress());
            if (outcome.isEmpty() && isOver(elapsed, timeout)) {
                outcome = Optional.of(WatchOutcome.TIMED_OUT);
            }
            if (outcome.isPresent()) {
                readOn(feed);
                display.end(feed.progress(), elapsed);
                return outcome.get();
            }
            display.show(feed.progress(), elapsed, timeLeft.estimate(feed.progress()), trouble(feed, elapsed));
        }
    }

    /** Topics are read one beside the other, so that the last trials' results may come after the state that counts them. */
    private static void readOn(StudyFeed feed) {
        boolean more = true;
        for (int i = 0; i < LAST_POLLS && more; i++) {
            more = feed.poll(REDRAW);
        }
    }

    private static boolean isOver(Duration elapsed, Optional<Duration> timeout) {
        boolean late = timeout.isPresent() && elapsed.compareTo(timeout.get()) >= 0;
        return late || Thread.currentThread().isInterrupted();
    }

    private static Optional<WatchOutcome> outcome(StudyProgress progress) {
        StudyPhase phase = progress.state().map(s -> s.getPhase()).orElse(StudyPhase.SUBMITTING);
        return switch (phase) {
            case SUBMITTING, RUNNING -> Optional.empty();
            case COMPLETE -> Optional.of(WatchOutcome.COMPLETE);
            case FAILED -> Optional.of(WatchOutcome.FAILED);
        };
    }

    private static String trouble(StudyFeed feed, Duration elapsed) {
        if (feed.trouble().isEmpty() && feed.progress().state().isEmpty() && elapsed.compareTo(NO_EVALUATOR) > 0) {
            return "no evaluator has spoken of this study yet; is one running?";
        }
        return feed.trouble();
    }
}
