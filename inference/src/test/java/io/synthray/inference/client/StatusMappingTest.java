/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.grpc.Status;
import io.grpc.Status.Code;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusMappingTest {

    private static final Set<Code> PASSING = EnumSet.of(
            Code.UNAVAILABLE,
            Code.DEADLINE_EXCEEDED,
            Code.RESOURCE_EXHAUSTED,
            Code.ABORTED,
            Code.CANCELLED,
            Code.UNKNOWN);

    @ParameterizedTest
    @EnumSource(names = "OK", mode = EnumSource.Mode.EXCLUDE)
    void everyCodeIsAFailureOfOneKind(Code code) {
        Throwable failure = code.toStatus().withDescription("why").asRuntimeException();
        InferenceException mapped = StatusMapping.toException(failure, "inference with model m/1", "host:1");
        assertEquals(
                PASSING.contains(code) ? InferenceUnavailableException.class : InferenceRejectedException.class,
                mapped.getClass());
        assertEquals("inference with model m/1 at host:1: " + code + ": why", mapped.getMessage());
        assertSame(failure, mapped.getCause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gRPC message exceeds maximum size 4194304: 5000000",
                "Received message larger than max (5000000 vs. 4194304)",
                "SERVER: Received message larger than max (5000000 vs. 4194304)"
            })
    void noWaitMakesAMessageSmaller(String description) {
        assertInstanceOf(
                InferenceRejectedException.class,
                StatusMapping.toException(
                        Status.RESOURCE_EXHAUSTED.withDescription(description).asRuntimeException(), "x", "y:1"));
    }

    @Test
    void aModelsDeadProcessIsWaitedFor() {
        String dead = "Stub process 'sampler_0_0' is not healthy.";
        String fault = "Failed to process the request(s) for model 'sampler_0_0', message: RuntimeError";
        assertInstanceOf(
                InferenceUnavailableException.class,
                StatusMapping.toException(Status.INTERNAL.withDescription(dead).asException(), "x", "y:1"));
        assertInstanceOf(
                InferenceRejectedException.class,
                StatusMapping.toException(Status.INTERNAL.withDescription(fault).asException(), "x", "y:1"));
    }

    @Test
    void aFailureWithoutDescriptionOrStatusIsStillNamed() {
        assertEquals(
                "x at y:1: UNAVAILABLE",
                StatusMapping.toException(Status.UNAVAILABLE.asException(), "x", "y:1")
                        .getMessage());
        assertEquals(
                "x at y:1: UNKNOWN",
                StatusMapping.toException(new IllegalStateException("broken"), "x", "y:1")
                        .getMessage());
    }
}
