package io.synthray.trainer.trial;

import java.util.ArrayList;
import java.util.List;

/** Keeps every report; stops after a number of them. */
final class RecordingObserver implements TrialObserver {
    private final List<Progress> reports = new ArrayList<>();
    private final int stopAfter;

    RecordingObserver() {
        this(Integer.MAX_VALUE);
    }

    RecordingObserver(int stopAfter) {
        this.stopAfter = stopAfter;
    }

    @Override
    public void progress(Progress progress) {
        reports.add(progress);
    }

    @Override
    public boolean stopped() {
        return reports.size() >= stopAfter;
    }

    List<Progress> reports() {
        return reports;
    }
}
