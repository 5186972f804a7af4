package io.synthray.schemas.id;

import java.util.Locale;

/** The spelling of names that become parts of ids: no slash, so that ids can be taken apart again. */
public enum Names {
    /** Study: lower case letters, digits and '-', at most 63 characters (a DNS label, usable as a Kubernetes name). */
    STUDY("-", "lower case letters, digits and '-', at most 63 characters"),
    /** Arm: as a study, and '+'. */
    ARM("-+", "lower case letters, digits, '-' and '+', at most 63 characters");

    private static final int LONGEST = 63;

    /** What may stand between letters and digits, neither first nor last. */
    private final String between;

    private final String expected;

    Names(String between, String expected) {
        this.between = between;
        this.expected = expected;
    }

    /** Whether {@code name} is spelt so. It is asked for every event, and so goes without a regular expression. */
    public boolean matches(String name) {
        int last = name.length() - 1;
        if (last < 0 || last >= LONGEST || !isAlphanumeric(name.charAt(0)) || !isAlphanumeric(name.charAt(last))) {
            return false;
        }
        for (int i = 1; i < last; i++) {
            char character = name.charAt(i);
            if (!isAlphanumeric(character) && between.indexOf(character) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    }

    /** What is expected, for messages. */
    public String expected() {
        return expected;
    }

    String require(String name) {
        if (!matches(name)) {
            throw new IllegalArgumentException(
                    "%s name '%s': expected %s".formatted(name().toLowerCase(Locale.ROOT), name, expected));
        }
        return name;
    }
}
