package io.synthray.imaging.phantom;

import java.util.Locale;

/** A side of the patient's body. The patient's left is on the right of the image. */
public enum Side {
    LEFT(1),
    RIGHT(-1);

    private final int sign;

    Side(int sign) {
        this.sign = sign;
    }

    /** The sign of x on this side. */
    int sign() {
        return sign;
    }

    /** The word for it: {@code left} or {@code right}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
