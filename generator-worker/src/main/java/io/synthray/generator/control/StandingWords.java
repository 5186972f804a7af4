package io.synthray.generator.control;

import io.synthray.event.Control;
import io.synthray.event.ControlWord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The last word of each issuer. The strongest counts, and only STOP matters here. */
final class StandingWords {
    private static final String EVERY_ARM = "*";

    private final Map<String, Control> byKey = new ConcurrentHashMap<>();

    /** @param control the issuer's word; null: it is taken back */
    void apply(String key, Control control) {
        if (control == null) {
            byKey.remove(key);
        } else {
            byKey.put(key, control);
        }
    }

    /** A standing word that stops the arm. */
    Optional<Control> stop(String study, String arm) {
        return byKey.values().stream()
                .filter(control -> control.getWord() == ControlWord.STOP)
                .filter(control -> control.getStudy().equals(study))
                .filter(control ->
                        control.getArm().equals(arm) || control.getArm().equals(EVERY_ARM))
                .findFirst();
    }
}
