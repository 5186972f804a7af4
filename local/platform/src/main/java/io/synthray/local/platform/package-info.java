/** Processes on one machine: how each is started, watched and ended; a broker and a registry of one's own. */
package io.synthray.local.platform;
