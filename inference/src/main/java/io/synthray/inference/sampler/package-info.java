/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Samplers: models that draw one radiograph from noise, prompt and mask under Synthray's contract. */
package io.synthray.inference.sampler;
