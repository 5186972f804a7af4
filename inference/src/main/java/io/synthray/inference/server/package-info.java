/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The embedded inference server: a Triton model repository of ONNX graphs, served over the same protocol by ONNX Runtime on
 * the CPU. A request is read and checked against its model's configuration, waits in a bounded queue, and has its samples
 * executed one by one, so that an image never depends on what else the server does.
 */
package io.synthray.inference.server;
