package io.synthray.imaging.reader;

/** What an uncertain label counts as (Irvin et al., "CheXpert", AAAI 2019, section 4.1). */
enum Uncertainty {
    /** U-Zeros: absent. */
    ZEROS(Boolean.FALSE),
    /** U-Ones: present. */
    ONES(Boolean.TRUE),
    /** U-Ignore: not known; the class does not enter the loss of such a case. */
    IGNORE(null);

    private final Boolean label;

    Uncertainty(Boolean label) {
        this.label = label;
    }

    /** The label of an uncertain case: true, false, or null for not known. */
    Boolean label() {
        return label;
    }
}
