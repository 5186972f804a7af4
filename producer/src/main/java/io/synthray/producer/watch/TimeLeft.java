package io.synthray.producer.watch;

import io.synthray.event.TrialProgress;
import io.synthray.event.TrialResult;
import io.synthray.event.TrialStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;

/** Estimates how long a study still takes, from the rate of its images and the duration of its trials so far. */
final class TimeLeft {
    private static final double WINDOW = 60;

    /** A count of images at a moment. */
    private record Sample(double seconds, long images) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Takes notice of the images that are there.
     *
     * @param seconds on any clock that does not jump
     */
    void observe(double seconds, StudyProgress progress) {
        if (progress.state().isEmpty()) {
            return;
        }
        if (samples.isEmpty() || samples.getLast().images() != progress.imagesSettled()) {
            samples.add(new Sample(seconds, progress.imagesSettled()));
        }
        while (samples.size() > 2 && samples.getFirst().seconds() < seconds - WINDOW) {
            samples.removeFirst();
        }
    }

    /** Nothing while it cannot be known. */
    Optional<Duration> estimate(StudyProgress progress) {
        OptionalDouble images = images(progress);
        OptionalDouble trials = trials(progress);
        if (images.isEmpty() || trials.isEmpty()) {
            return Optional.empty();
        }
        // Trainings go on while images are made, but the last image set's own training comes after it.
        double last = images.getAsDouble() > 0 ? mean(progress).orElse(0) : 0;
        double seconds = Math.max(images.getAsDouble() + last, trials.getAsDouble());
        return Optional.of(Duration.ofSeconds(Math.round(seconds)));
    }

    private OptionalDouble images(StudyProgress progress) {
        long left = progress.imagesPlanned() - progress.imagesSettled();
        if (left == 0) {
            return OptionalDouble.of(0);
        }
        if (samples.size() < 2) {
            return OptionalDouble.empty();
        }
        double seconds = samples.getLast().seconds() - samples.getFirst().seconds();
        long made = samples.getLast().images() - samples.getFirst().images();
        return made <= 0 || seconds <= 0 ? OptionalDouble.empty() : OptionalDouble.of(left * seconds / made);
    }

    private static OptionalDouble trials(StudyProgress progress) {
        int left = progress.trialsPlanned() - progress.trialsEnded();
        if (left <= 0) {
            return OptionalDouble.of(0);
        }
        double running = progress.running().stream()
                .mapToDouble(TrialProgress::getSecondsLeft)
                .filter(Double::isFinite)
                .sum();
        int atOnce = Math.max(1, progress.running().size());
        int waiting = Math.max(0, left - progress.running().size());
        OptionalDouble mean = mean(progress);
        if (waiting > 0 && mean.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((running + waiting * mean.orElse(0)) / atOnce);
    }

    /** Mean seconds of a training; the running ones are asked where none has ended. */
    private static OptionalDouble mean(StudyProgress progress) {
        OptionalDouble ended = progress.ended().values().stream()
                .filter(result -> result.getStatus() == TrialStatus.COMPLETED)
                .mapToDouble(TrialResult::getTrainingSeconds)
                .average();
        return ended.isPresent()
                ? ended
                : progress.running().stream()
                        .filter(p -> p.getStep() > 0 && p.getStep() < p.getSteps())
                        .mapToDouble(p -> p.getSecondsLeft() * p.getSteps() / (p.getSteps() - p.getStep()))
                        .average();
    }
}
