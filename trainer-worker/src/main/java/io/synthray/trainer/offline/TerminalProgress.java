package io.synthray.trainer.offline;

import io.synthray.event.Task;
import io.synthray.trainer.trial.Progress;
import io.synthray.trainer.trial.TrialObserver;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Says a line at the end of each epoch. */
final class TerminalProgress implements TrialObserver {
    private final PrintWriter lines;
    private final String metric;
    private final Optional<TrialFolder> folder;

    /** @param folder where the trained network is kept, if anywhere */
    TerminalProgress(PrintWriter lines, Task task, Optional<TrialFolder> folder) {
        this.lines = lines;
        this.metric = task == Task.SEGMENTATION ? "dice" : "f1";
        this.folder = folder;
    }

    @Override
    public void progress(Progress progress) {
        StringBuilder line = new StringBuilder();
        line.append("epoch %d of %d, step %d of %d: loss %.4f"
                .formatted(progress.epoch(), progress.epochs(), progress.step(), progress.steps(), progress.loss()));
        progress.validation()
                .ifPresent(value ->
                        line.append(String.format(Locale.ROOT, ", %s %.4f on validation images", metric, value)));
        line.append(String.format(
                Locale.ROOT, ", %.0f images/s, %.0f s left", progress.imagesPerSecond(), progress.secondsLeft()));
        lines.println(line);
        lines.flush();
    }

    @Override
    public void trained(Supplier<byte[]> state) {
        folder.ifPresent(f -> f.keepNetwork(state.get()));
    }

    @Override
    public boolean stopped() {
        return false;
    }
}
