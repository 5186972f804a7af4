package io.synthray.imaging.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One radiograph of a data set.
 *
 * @param id the image's id, which must not leave the data set; see {@link #key()}
 * @param patientId the patient's id, null where the data set names no patients
 * @param split what it may be used for
 * @param labels whether each finding is present, in the data set's order
 * @param prompt text prompt that describes it
 */
public record DatasetCase(String id, String patientId, Split split, Map<String, Boolean> labels, String prompt) {

    /** Keeps the order of the labels. */
    public DatasetCase {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** The case's name outside the data set. */
    public String key() {
        return CaseKey.of(id);
    }

    /** The patient, or the image itself where patients are not named: cases of a group stay on one side of every split. */
    public String group() {
        return patientId == null ? id : patientId;
    }

    /** Names the case by its key, so that it can be logged. */
    @Override
    public String toString() {
        return "DatasetCase[" + key() + ", " + split.word() + "]";
    }
}
