package io.synthray.generator.retry;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Something that the worker cannot do without. The beginning and the end of an outage are logged once. */
public final class Dependency {
    private static final Logger LOG = Logger.getLogger(Dependency.class);

    private static final int LONGEST = 300;

    private final String name;
    private final Predicate<Throwable> passing;
    private final AtomicReference<String> failure = new AtomicReference<>();

    /**
     * @param name for people, for instance {@code inference server}
     * @param passing whether a failure may pass by itself
     */
    public Dependency(String name, Predicate<Throwable> passing) {
        this.name = name;
        this.passing = passing;
    }

    /** For people. */
    public String name() {
        return name;
    }

    /** Why it does not answer, while it does not. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    boolean mayPass(Throwable cause) {
        return passing.test(cause);
    }

    void failed(Throwable cause) {
        if (failure.getAndSet(describe(cause)) == null) {
            LOG.warnf("dependency=\"%s\" is away, waiting for it: %s", name, describe(cause));
        }
    }

    void answered() {
        if (failure.getAndSet(null) != null) {
            LOG.infof("dependency=\"%s\" is back", name);
        }
    }

    private static String describe(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
