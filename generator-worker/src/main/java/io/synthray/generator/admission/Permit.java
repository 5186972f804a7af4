package io.synthray.generator.admission;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right to one sample in flight, to be given back once; giving it back again changes nothing. */
public final class Permit {
    private final Admission admission;
    private final long beganNanos;
    private final int place;
    private final AtomicBoolean back = new AtomicBoolean();

    /** @param place samples in flight when it was given, this one included */
    Permit(Admission admission, long beganNanos, int place) {
        this.admission = admission;
        this.beganNanos = beganNanos;
        this.place = place;
    }

    /** The sample came back. */
    public void sampled() {
        if (back.compareAndSet(false, true)) {
            admission.sampled(beganNanos, place);
        }
    }

    /** The server refused for now, or was away. */
    public void refused() {
        if (back.compareAndSet(false, true)) {
            admission.refused(beganNanos);
        }
    }

    /** No sample was asked for, or its end says nothing about the server's load. */
    public void unused() {
        if (back.compareAndSet(false, true)) {
            admission.unused();
        }
    }
}
