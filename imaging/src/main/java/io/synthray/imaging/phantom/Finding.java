package io.synthray.imaging.phantom;

import java.util.Locale;

/** The findings of the phantom, in the order in which labels and prompts list them. */
public enum Finding {
    PNEUMOTHORAX(true),
    PLEURAL_EFFUSION(true),
    CONSOLIDATION(true),
    CARDIOMEGALY(false),
    EDEMA(false),
    ATELECTASIS(true),
    NODULE(true),
    FRACTURE(true),
    TUBE(true);

    private final boolean lateral;

    Finding(boolean lateral) {
        this.lateral = lateral;
    }

    /** Whether it lies on one side of the body. */
    public boolean lateral() {
        return lateral;
    }

    /** The label, for example {@code pleural-effusion}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
