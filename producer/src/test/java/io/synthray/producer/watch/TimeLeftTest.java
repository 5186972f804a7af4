package io.synthray.producer.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synthray.event.StudyPhase;
import io.synthray.event.TrialProgress;
import io.synthray.producer.fixture.SampleStudy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
    private final SampleStudy sample = SampleStudy.create();
    private final StudyProgress progress = new StudyProgress();
    private final TimeLeft timeLeft = new TimeLeft();

    @Test
    void isNotKnownBeforeSomethingHasHappened() {
        assertEquals(Optional.empty(), timeLeft.estimate(new StudyProgress()).filter(d -> !d.isZero()));
        progress.add(sample.state(StudyPhase.RUNNING, 0, 0));
        timeLeft.observe(0, progress);
        assertEquals(Optional.empty(), timeLeft.estimate(progress));
    }

    /** 22 images in 4 sets: 2 each after 0 s, 4 each after 10 s, so 0.8 a second, 6 left of them. */
    @Test
    void followsTheRateOfImagesAndTheDurationOfTrials() {
        progress.add(sample.state(StudyPhase.RUNNING, 2, 0));
        timeLeft.observe(0, progress);
        progress.add(sample.state(StudyPhase.RUNNING, 4, 3));
        timeLeft.observe(10, progress);
        sample.results().values().stream().limit(3).forEach(progress::add);
        // 9 of 12 trials are left and take 12 s each, one after the other: longer than the images.
        assertEquals(Optional.of(Duration.ofSeconds(9 * 12)), timeLeft.estimate(progress));

        progress.add(running("real+augmentation", 1, 4));
        progress.add(running("real+augmentation", 2, 8));
        // Two at once: 12 s of the running ones and 7 times 12 s of the others, over two.
        assertEquals(Optional.of(Duration.ofSeconds((12 + 7 * 12) / 2)), timeLeft.estimate(progress));
    }

    @Test
    void isNothingAtTheEnd() {
        progress.add(sample.state(StudyPhase.COMPLETE, 6, 12));
        assertEquals(Optional.of(Duration.ZERO), timeLeft.estimate(progress));
    }

    private TrialProgress running(String arm, int repeat, double left) {
        return TrialProgress.newBuilder()
                .setTrial("sample/" + arm + "/" + repeat)
                .setStudy("sample")
                .setArm(arm)
                .setRepeat(repeat)
                .setEpoch(1)
                .setEpochs(2)
                .setStep(10)
                .setSteps(20)
                .setLoss(0.5)
                .setImagesPerSecond(20)
                .setSecondsLeft(left)
                .setWorker("trainer-1")
                .build();
    }
}
