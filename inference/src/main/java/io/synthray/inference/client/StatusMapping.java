/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import io.grpc.Status;
import io.grpc.Status.Code;
import java.util.Set;
import java.util.regex.Pattern;

/** Sorts what gRPC reports into failures that pass and failures that stay. */
final class StatusMapping {

    private static final Set<Code> TRANSIENT = Set.of(
            Code.UNAVAILABLE,
            Code.DEADLINE_EXCEEDED,
            Code.RESOURCE_EXHAUSTED,
            Code.ABORTED,
            Code.CANCELLED,
            // What a proxy or a server gives that fell over a request; nothing says that it would again.
            Code.UNKNOWN);

    private static final Pattern DEAD_STUB = Pattern.compile("Stub process '[^']*' is not healthy");

    private StatusMapping() {}

    static InferenceException toException(Throwable failure, String what, String server) {
        Status status = Status.fromThrowable(failure);
        String text = what + " at " + server + ": " + status.getCode()
                + (status.getDescription() == null ? "" : ": " + status.getDescription());
        return isTransient(status)
                ? new InferenceUnavailableException(text, failure)
                : new InferenceRejectedException(text, failure);
    }

    /** Triton's words for a model whose process died, and which is served again once Triton has been started again. */
    private static boolean isDeadStub(Code code, String description) {
        return code == Code.INTERNAL && DEAD_STUB.matcher(description).find();
    }

    /** RESOURCE_EXHAUSTED also reports a message above a size limit, in Java's words or C++'s: no wait makes it smaller. */
    private static boolean isTransient(Status status) {
        String description = String.valueOf(status.getDescription());
        boolean oversized = description.contains("exceeds maximum size") || description.contains("larger than max");
        return (TRANSIENT.contains(status.getCode()) && !oversized) || isDeadStub(status.getCode(), description);
    }
}
