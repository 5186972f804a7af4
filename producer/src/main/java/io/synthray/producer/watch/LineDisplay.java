package io.synthray.producer.watch;

import io.synthray.event.ImageSetState;
import io.synthray.event.Metric;
import io.synthray.event.StudyState;
import io.synthray.event.TrialResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Plain lines for logs and pipes: one for each thing that happens, counts every few seconds and only when they have changed. */
final class LineDisplay implements Display {
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final Set<String> told = new HashSet<>();
    private String counts = "";
    private Duration countedAt = Duration.ZERO;

    LineDisplay(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(StudyProgress progress, Duration elapsed, Optional<Duration> left, String trouble) {
        events(progress, elapsed);
        if (elapsed.minus(countedAt).compareTo(BETWEEN_COUNTS) >= 0) {
            counts(progress, elapsed, left);
        }
        if (trouble.isEmpty()) {
            told.removeIf(line -> line.startsWith("waiting: "));
        } else {
            once(elapsed, "waiting: " + trouble);
        }
    }

    @Override
    public void end(StudyProgress progress, Duration elapsed) {
        events(progress, elapsed);
        counts(progress, elapsed, Optional.empty());
    }

    private void events(StudyProgress progress, Duration elapsed) {
        Optional<StudyState> state = progress.state();
        state.ifPresent(s -> once(elapsed, "study " + s.getStudy() + " is " + s.getPhase()));
        state.ifPresent(s -> s.getImageSets().forEach(set -> imageSet(set, elapsed)));
        progress.ended().values().forEach(result -> once(elapsed, trial(result)));
        state.ifPresent(s -> s.getNotes().forEach(note -> once(elapsed, "note: " + note)));
    }

    private void imageSet(ImageSetState set, Duration elapsed) {
        String name = "image set " + set.getArm() + "/" + set.getImageSet();
        if (set.getDigest() != null) {
            once(elapsed, "%s is frozen: %s images".formatted(name, Words.number(set.getMade())));
        } else if (set.getFailure() != null) {
            once(elapsed, name + " is given up: " + set.getFailure());
        }
    }

    private static String trial(TrialResult result) {
        String name = "trial " + result.getArm() + "/" + result.getRepeat();
        return switch (result.getStatus()) {
            case COMPLETED -> name + " completed" + metric(result);
            case FAILED -> name + " failed: " + result.getError();
            case SKIPPED -> name + " was skipped: " + result.getError();
        };
    }

    private static String metric(TrialResult result) {
        return result.getMetrics().stream()
                .filter(metric -> metric.getTarget() == null)
                .findFirst()
                .map((Metric metric) -> String.format(Locale.ROOT, ": %s %.4f", metric.getName(), metric.getValue()))
                .orElse("");
    }

    private void counts(StudyProgress progress, Duration elapsed, Optional<Duration> left) {
        if (progress.state().isEmpty()) {
            return;
        }
        String now = "images %s/%s, trials %d/%d"
                .formatted(
                        Words.number(progress.imagesSettled()),
                        Words.number(progress.imagesPlanned()),
                        progress.trialsEnded(),
                        progress.trialsPlanned());
        String running = progress.running().stream()
                .map(p -> "%s/%d epoch %d/%d".formatted(p.getArm(), p.getRepeat(), p.getEpoch(), p.getEpochs()))
                .limit(4)
                .reduce("", (all, one) -> all + ", " + one);
        if (!counts.equals(now + running)) {
            counts = now + running;
            countedAt = elapsed;
            print(
                    elapsed,
                    now
                            + running
                            + left.map(l -> ", about " + Words.clock(l) + " left")
                                    .orElse(""));
        }
    }

    private void once(Duration elapsed, String line) {
        if (told.add(line)) {
            print(elapsed, line);
        }
    }

    private void print(Duration elapsed, String line) {
        out.printf("%7s  %s%n", Words.clock(elapsed), Words.printable(line));
        out.flush();
    }
}
