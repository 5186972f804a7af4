/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.client;

import io.synthray.inference.tensor.Shape;

/**
 * An input or output of a model, as its server describes it.
 *
 * @param name the tensor's name
 * @param datatype the type's name on the wire, such as {@code FP32}; not always one that Synthray can send
 * @param shape sizes, with {@link Shape#ANY} for those that are not fixed; the batch is the first, if there is one
 */
public record TensorSpec(String name, String datatype, Shape shape) {}
