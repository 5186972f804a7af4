package io.synthray.producer.submit;

/** Hears how far a submit has come. */
@FunctionalInterface
public interface SubmitListener {
    /** Hears nothing. */
    SubmitListener NONE = (published, planned) -> {};

    /**
     * After each transaction.
     *
     * @param published requests that are there, those of an earlier submit included
     * @param planned requests of the whole study
     */
    void published(long published, long planned);
}
