package io.synthray.imaging.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One radiograph of a data set.
 *
 * @param id the image's id, which must not leave the data set; see {@link #key()}
 * @param patientId the patient's id, null where the data set names no patients
 * @param group cases of a group stay on one side of every split: the patient, the study, or the image itself, whatever the data set knows
 *     ({@link Grouping}), and images of equal pixels together
 * @param split what it may be used for
 * @param view {@code AP}, {@code PA}, {@code LATERAL}, ...; empty where it is not known
 * @param person sex and age of the patient, where they are known
 * @param labels whether each finding is present, in the data set's order; null where that is not known
 * @param prompt text prompt that describes it
 */
public record DatasetCase(
        String id,
        String patientId,
        String group,
        Split split,
        String view,
        Person person,
        Map<String, Boolean> labels,
        String prompt) {

    /** Keeps the order of the labels. */
    public DatasetCase {
        labels = Labels.copyOf(labels);
    }

    /** A case whose group is its patient, or itself where patients are not named, and of which neither view nor person is known. */
    public DatasetCase(String id, String patientId, Split split, Map<String, Boolean> labels, String prompt) {
        this(id, patientId, patientId == null ? id : patientId, split, "", Person.UNKNOWN, labels, prompt);
    }

    /** The case's name outside the data set. */
    public String key() {
        return CaseKey.of(id);
    }

    /** Subgroups that the case counts among, {@code attribute=value} by name: age band, sex, view, where they are known. */
    public List<String> subgroups() {
        List<String> subgroups = new ArrayList<>(person.subgroups());
        if (!view.isEmpty()) {
            subgroups.add("view=" + view);
        }
        return subgroups;
    }

    /** Names the case by its key, so that it can be logged. */
    @Override
    public String toString() {
        return "DatasetCase[" + key() + ", " + split.word() + "]";
    }
}
