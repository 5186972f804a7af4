/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** The client's side of the KServe v2 / Triton protocol: domain types in, domain types and two kinds of failure out. */
package io.synthray.inference.client;
