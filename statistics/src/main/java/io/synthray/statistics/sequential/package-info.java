/** Tests that may be looked at after every repeat: e-process, sequentialised t-test, confidence sequence, and when to stop. */
package io.synthray.statistics.sequential;
