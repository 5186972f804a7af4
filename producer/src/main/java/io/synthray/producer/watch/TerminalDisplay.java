package io.synthray.producer.watch;

import io.synthray.event.ImageSetState;
import io.synthray.event.Statistics;
import io.synthray.event.StudyState;
import io.synthray.event.TrialProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Redraws one block in place, with the control sequences of ECMA-48 that every terminal knows. */
final class TerminalDisplay implements Display {
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final int MOST_ROWS = 6;

    private final PrintWriter out;
    private final String study;
    private int drawn;

    TerminalDisplay(PrintWriter out, String study) {
        this.out = out;
        this.study = study;
    }

    @Override
    public void show(StudyProgress progress, Duration elapsed, Optional<Duration> left, String trouble) {
        draw(lines(progress, elapsed, left, trouble));
    }

    @Override
    public void end(StudyProgress progress, Duration elapsed) {
        draw(lines(progress, elapsed, Optional.empty(), ""));
    }

    private void draw(List<String> lines) {
        StringBuilder text = new StringBuilder(NO_WRAP);
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('F');
        }
        lines.forEach(
                line -> text.append(Words.printable(line)).append(CLEAR_LINE).append('\n'));
        out.print(text.append(CLEAR_BELOW).append(WRAP));
        out.flush();
        drawn = lines.size();
    }

    private List<String> lines(StudyProgress progress, Duration elapsed, Optional<Duration> left, String trouble) {
        List<String> lines = new ArrayList<>();
        String phase = progress.state().map(s -> s.getPhase().name()).orElse("waiting for the evaluator");
        String estimate = left.map(l -> "   about " + Words.clock(l) + " left").orElse("");
        lines.add("Study %s: %s   %s elapsed%s".formatted(study, phase, Words.clock(elapsed), estimate));
        progress.state().ifPresent(state -> {
            images(lines, state, progress);
            trials(lines, progress);
            progress.statistics().stream().limit(MOST_ROWS).forEach(s -> lines.add(statistics(s)));
            state.getNotes().stream().limit(MOST_ROWS).forEach(note -> lines.add("note: " + note));
        });
        if (!trouble.isEmpty()) {
            lines.add("waiting: " + trouble);
        }
        return lines;
    }

    private static void images(List<String> lines, StudyState state, StudyProgress progress) {
        if (progress.imagesPlanned() == 0) {
            return;
        }
        lines.add("Images  %s %s/%s"
                .formatted(
                        Words.bar(progress.imagesSettled(), progress.imagesPlanned()),
                        Words.number(progress.imagesSettled()),
                        Words.number(progress.imagesPlanned())));
        List<ImageSetState> open = state.getImageSets().stream()
                .filter(set -> set.getDigest() == null)
                .toList();
        open.stream().limit(MOST_ROWS).forEach(set -> lines.add(imageSet(set)));
        if (open.size() > MOST_ROWS) {
            lines.add("  and %d more image sets".formatted(open.size() - MOST_ROWS));
        }
    }

    private static String imageSet(ImageSetState set) {
        String lost = set.getFailed() + set.getSkipped() == 0
                ? ""
                : ", %d failed, %d skipped".formatted(set.getFailed(), set.getSkipped());
        String failure = set.getFailure() == null ? "" : ", given up: " + set.getFailure();
        return "  %-34s %s/%s made%s%s"
                .formatted(
                        set.getArm() + "/" + set.getImageSet(),
                        Words.number(set.getMade()),
                        Words.number(set.getPlanned()),
                        lost,
                        failure);
    }

    private static void trials(List<String> lines, StudyProgress progress) {
        lines.add("Trials  %s %d/%d"
                .formatted(
                        Words.bar(progress.trialsEnded(), progress.trialsPlanned()),
                        progress.trialsEnded(),
                        progress.trialsPlanned()));
        progress.running().stream().limit(MOST_ROWS).forEach(p -> lines.add(running(p)));
    }

    private static String running(TrialProgress p) {
        return String.format(
                Locale.ROOT,
                "  %-34s epoch %d/%d, step %d/%d, loss %.4f, %s left",
                p.getArm() + "/" + p.getRepeat(),
                p.getEpoch(),
                p.getEpochs(),
                p.getStep(),
                p.getSteps(),
                p.getLoss(),
                Words.clock(Duration.ofSeconds(Math.max(0, Math.round(p.getSecondsLeft())))));
    }

    private static String statistics(Statistics s) {
        String difference = s.getMeanDifference() == null
                ? "no pair yet"
                : String.format(Locale.ROOT, "%+.4f so far", s.getMeanDifference());
        String evidence = s.getSequential() == null
                ? ""
                : String.format(Locale.ROOT, ", e-value %.4g", s.getSequential().getEValue());
        return "  %s: %s (%d of %d pairs%s)"
                .formatted(s.getComparison(), difference, s.getPairs().size(), s.getPlanned(), evidence);
    }
}
