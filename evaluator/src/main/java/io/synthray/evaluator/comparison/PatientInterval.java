package io.synthray.evaluator.comparison;

import io.synthray.event.PatientBootstrap;
import io.synthray.event.Statistics;

/**
 * A comparison's interval for new patients.
 *
 * @param found null where there is none
 * @param note sentence for the reader where it could have been worked out and was not; empty otherwise
 */
public record PatientInterval(PatientBootstrap found, String note) {
    static final PatientInterval NONE = new PatientInterval(null, "");

    /** Statistics with the interval, and with the note behind their own. */
    public Statistics in(Statistics statistics) {
        return Statistics.newBuilder(statistics)
                .setPatients(found)
                .setNote(Notes.joined(statistics.getNote(), note))
                .build();
    }
}
