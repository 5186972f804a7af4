package io.synthray.producer.watch;

import java.time.Duration;
import java.util.Optional;

/** Where progress is shown. */
interface Display {
    /**
     * Shows how the study stands.
     *
     * @param elapsed since watching began
     * @param left estimated time, nothing while it is not known
     * @param trouble what is being waited for, empty while all is well
     */
    void show(StudyProgress progress, Duration elapsed, Optional<Duration> left, String trouble);

    /** The last word: the study has ended or the time is up. */
    void end(StudyProgress progress, Duration elapsed);
}
