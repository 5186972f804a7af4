package io.synthray.imaging.dataset;

/**
 * A case as a data set's files list it.
 *
 * @param id the image's id
 * @param patient the patient's id, null where the files name none
 * @param group what the files say belongs together: patient, study, or the image's id
 * @param split the publisher's split, null where there is none
 * @param view {@code AP}, {@code PA}, {@code LATERAL}, ...; empty where it is not known
 * @param person sex and age of the patient, where they are known
 * @param labels findings
 * @param prompt the files' own prompt, null where there is none
 */
public record ListedCase(
        String id,
        String patient,
        String group,
        Split split,
        String view,
        Person person,
        Labels labels,
        String prompt) {

    /** A case of whose patient nothing is known. */
    public ListedCase(String id, String patient, String group, Split split, String view, Labels labels, String prompt) {
        this(id, patient, group, split, view, Person.UNKNOWN, labels, prompt);
    }
}
