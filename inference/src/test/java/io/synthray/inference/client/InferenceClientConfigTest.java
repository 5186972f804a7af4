/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceClientConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "host", ":8001", "host:", "host:x", "host:65536", "http://host:8001", "host:8001/v2"})
    void addressesAreHostAndPort(String server) {
        assertEquals(
                "inference server: expected host:port, found '" + server + "'",
                assertThrows(IllegalArgumentException.class, () -> InferenceClientConfig.of(server))
                        .getMessage());
    }

    @Test
    void limitsAreAboveZero() {
        assertEquals(
                "inference deadline: expected more than zero, found PT0S",
                assertThrows(IllegalArgumentException.class, () -> InferenceClientConfig.of("host:1")
                                .withDeadline(Duration.ZERO))
                        .getMessage());
        assertEquals(
                "inference message limit: expected more than zero bytes, found 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new InferenceClientConfig("host:1", Duration.ofSeconds(1), 0))
                        .getMessage());
    }

    @Test
    void modelsHaveNames() {
        assertEquals("m/2", new ModelRef("m", "2").toString());
        assertEquals("m", ModelRef.latest("m").toString());
        assertThrows(IllegalArgumentException.class, () -> ModelRef.latest(" "));
    }
}
