/** Taking requests from the share group: leases, their renewal, acknowledgement by record. */
package io.synthray.generator.lease;
