/** The whole system on one machine: broker, registry, inference server and every service, supervised. */
package io.synthray.local.stack;
