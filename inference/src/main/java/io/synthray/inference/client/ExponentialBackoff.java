/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Waits twice as long after each failure, up to a limit, each wait shortened by chance by up to a half so that callers
 * do not come back all at once.
 *
 * @param first the longest wait after the first failure, above zero
 * @param longest the limit of all waits, at least {@code first}
 * @param retries how many failures are followed by another try, 0 or more
 * @param chance numbers from 0 (inclusive) to 1 (exclusive)
 */
public record ExponentialBackoff(Duration first, Duration longest, int retries, DoubleSupplier chance)
        implements Backoff {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the value, what was expected and what was found
     */
    public ExponentialBackoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "back-off: expected 0 < first <= longest, found first " + first + ", longest " + longest);
        }
        if (retries < 0) {
            throw new IllegalArgumentException("back-off: expected 0 or more retries, found " + retries);
        }
    }

    @Override
    public Optional<Duration> delayAfter(int failures) {
        if (failures > retries) {
            return Optional.empty();
        }
        double full = Math.min(longest.toNanos(), first.toNanos() * Math.pow(2, failures - 1));
        return Optional.of(Duration.ofNanos((long) (full * (1 - chance.getAsDouble() / 2))));
    }
}
