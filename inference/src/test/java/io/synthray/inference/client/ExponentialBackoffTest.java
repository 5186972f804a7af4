/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ExponentialBackoffTest {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    @Example
    void doublesUpToTheLimit() {
        Backoff backoff = new ExponentialBackoff(FIRST, LONGEST, 100, () -> 0);
        assertEquals(Optional.of(Duration.ofMillis(100)), backoff.delayAfter(1));
        assertEquals(Optional.of(Duration.ofMillis(200)), backoff.delayAfter(2));
        assertEquals(Optional.of(Duration.ofMillis(3200)), backoff.delayAfter(6));
        assertEquals(Optional.of(LONGEST), backoff.delayAfter(7));
        assertEquals(Optional.of(LONGEST), backoff.delayAfter(100));
    }

    @Example
    void givesUpAfterItsRetries() {
        Backoff backoff = new ExponentialBackoff(FIRST, LONGEST, 2, () -> 0);
        assertTrue(backoff.delayAfter(2).isPresent());
        assertTrue(backoff.delayAfter(3).isEmpty());
        assertTrue(
                new ExponentialBackoff(FIRST, LONGEST, 0, () -> 0).delayAfter(1).isEmpty());
    }

    @Property
    void chanceShortensByAHalfAtMost(
            @ForAll @IntRange(min = 1, max = 5000) int failures,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double chance) {
        Duration full = new ExponentialBackoff(FIRST, LONGEST, 5000, () -> 0)
                .delayAfter(failures)
                .orElseThrow();
        Duration wait = new ExponentialBackoff(FIRST, LONGEST, 5000, () -> chance)
                .delayAfter(failures)
                .orElseThrow();
        assertTrue(wait.compareTo(full) <= 0 && wait.compareTo(full.dividedBy(2)) >= 0, wait + " of " + full);
    }

    @Example
    void impossibleSettingsAreRefused() {
        refused("back-off: expected 0 < first <= longest, found first PT0S, longest PT5S", Duration.ZERO, LONGEST, 1);
        refused("back-off: expected 0 < first <= longest, found first PT5S, longest PT0.1S", LONGEST, FIRST, 1);
        refused("back-off: expected 0 or more retries, found -1", FIRST, LONGEST, -1);
    }

    private static void refused(String message, Duration first, Duration longest, int retries) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new ExponentialBackoff(first, longest, retries, () -> 0))
                        .getMessage());
    }
}
