/** Which arms are stopped, as the control topic says. */
package io.synthray.generator.control;
