package io.synthray.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything that is wrong with a configuration, gathered so that it is told at once. */
public final class ConfigurationProblems {
    private final List<String> found = new ArrayList<>();

    /** The value read from a key that must be given; null and a problem where it is absent or the reader refuses it. */
    public <T> T require(String key, Optional<String> value, Function<String, T> reader) {
        if (value.isEmpty()) {
            found.add(key + ": expected a value, found none");
            return null;
        }
        return read(key, () -> reader.apply(value.get()));
    }

    /** What the reader gives; null and a problem where it throws an {@link IllegalArgumentException}. */
    public <T> T read(String key, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            found.add(key + ": " + e.getMessage());
            return null;
        }
    }

    /** A problem unless {@code least <= value <= most}. */
    public void range(String key, int value, int least, int most) {
        if (value < least || value > most) {
            found.add("%s: expected %d to %d, found %d".formatted(key, least, most, value));
        }
    }

    /** A problem unless {@code value >= least}, for NaN too. */
    public void atLeast(String key, double value, double least) {
        if (!(value >= least)) {
            found.add("%s: expected %s or more, found %s".formatted(key, number(least), number(value)));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** A problem unless the time is above zero. */
    public void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            found.add("%s: expected a time above 0, found %s".formatted(key, value));
        }
    }

    /** @throws StartupException naming every key that is wrong, what was expected and what was found */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new StartupException("configuration: " + String.join("; ", found));
        }
    }
}
