/** How many samples are open at the inference server at once, and whose turn is next. */
package io.synthray.generator.admission;
