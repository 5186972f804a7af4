/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import java.util.Objects;

/**
 * A model on an inference server.
 *
 * @param name the model's name, not blank
 * @param version the version's number as text; empty lets the server choose, usually the highest
 */
public record ModelRef(String name, String version) {

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public ModelRef {
        Objects.requireNonNull(version, "version");
        if (name.isBlank()) {
            throw new IllegalArgumentException("expected a model name, found none");
        }
    }

    /** The version that the server chooses. */
    public static ModelRef latest(String name) {
        return new ModelRef(name, "");
    }

    /** The name, and the version behind a slash if there is one. */
    @Override
    public String toString() {
        return version.isEmpty() ? name : name + "/" + version;
    }
}
