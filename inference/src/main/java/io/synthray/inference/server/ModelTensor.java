/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import io.synthray.inference.tensor.ElementType;
import io.synthray.inference.tensor.Shape;

/**
 * An input or output of a served model.
 *
 * @param name the tensor's name
 * @param type the type of its elements
 * @param shape sizes as requests carry them: behind a batch of any size, if the model takes batches
 * @param optional whether a request may leave it out
 */
record ModelTensor(String name, ElementType type, Shape shape, boolean optional) {}
