/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Tensors as the inference protocol carries them: shapes, element types and their little-endian wire form. */
package io.synthray.inference.tensor;
