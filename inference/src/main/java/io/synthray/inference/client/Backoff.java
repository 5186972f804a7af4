/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import java.time.Duration;
import java.util.Optional;

/** Decides how long to wait before a failed call is tried again. */
@FunctionalInterface
public interface Backoff {

    /**
     * The wait after a failure.
     *
     * @param failures how many tries of this call have failed, from 1
     * @return the wait, or nothing to give up
     */
    Optional<Duration> delayAfter(int failures);
}
