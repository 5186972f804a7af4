/** Tests of processes on one machine, on real ones. */
package io.synthray.local.platform;
