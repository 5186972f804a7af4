package io.synthray.service;

import java.util.Optional;

/** The process itself: the group {@code synthray.worker} of a service's configuration. */
public interface WorkerConfig {
    /** Name in events and logs; made of host and process id unless given. */
    Optional<String> name();
}
