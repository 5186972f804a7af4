/** Fixed-n tests, intervals, corrections and the bootstrap: pure functions of numbers, without input or output. */
package io.synthray.statistics;
