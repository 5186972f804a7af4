package io.synthray.schemas.id;

import java.util.regex.Pattern;

/** The spelling of names that become parts of ids: no slash, so that ids can be taken apart again. */
public enum Names {
    /** Study: lower case letters, digits and '-', at most 63 characters (a DNS label, usable as a Kubernetes name). */
    STUDY("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", "lower case letters, digits and '-', at most 63 characters"),
    /** Arm: as a study, and '+'. */
    ARM("[a-z0-9]([a-z0-9+-]{0,61}[a-z0-9])?", "lower case letters, digits, '-' and '+', at most 63 characters");

    private final Pattern pattern;
    private final String expected;

    Names(String pattern, String expected) {
        this.pattern = Pattern.compile(pattern);
        this.expected = expected;
    }

    /** Whether {@code name} is spelt so. */
    public boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    /** What is expected, for messages. */
    public String expected() {
        return expected;
    }

    String require(String name) {
        if (!matches(name)) {
            throw new IllegalArgumentException(
                    "%s name '%s': expected %s".formatted(name().toLowerCase(java.util.Locale.ROOT), name, expected));
        }
        return name;
    }
}
