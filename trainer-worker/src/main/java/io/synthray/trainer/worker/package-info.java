/** The service: takes trials from a share group, holds their leases while they run, publishes progress and results. */
package io.synthray.trainer.worker;
