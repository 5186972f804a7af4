/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Embedders: models that turn a radiograph into a feature vector under Synthray's contract. */
package io.synthray.inference.embedder;
