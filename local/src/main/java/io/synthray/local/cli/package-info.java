/** Commands that run the whole system on this machine. */
package io.synthray.local.cli;
