package io.synthray.imaging.phantom;

/**
 * A finding and where it is.
 *
 * @param finding what it is
 * @param side its side; the side says nothing if the finding is not lateral
 */
public record LateralFinding(Finding finding, Side side) {

    /** The words of a prompt, for example {@code left nodule}. */
    public String words() {
        String words = FindingsPrompt.words(finding.label());
        return finding.lateral() ? side.word() + " " + words : words;
    }
}
