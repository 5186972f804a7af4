package io.synthray.trainer.worker;

import io.synthray.event.Control;
import io.synthray.event.ControlWord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What has been said on the control topic: of all issuers' last words on an arm the strongest counts. Safe for several threads. */
final class StandingWords {
    private static final String ALL_ARMS = "*";

    private final Map<String, Control> words = new ConcurrentHashMap<>();

    /**
     * Takes a word.
     *
     * @param key {@code study/arm/issuer}
     * @param word null to take back what stood under this key
     */
    void take(String key, Control word) {
        if (word == null) {
            words.remove(key);
        } else {
            words.put(key, word);
        }
    }

    /** Words that stand. */
    int size() {
        return words.size();
    }

    /** Why an arm is stopped; empty while it is not. */
    Optional<String> stopped(String study, String arm) {
        return standing(ControlWord.STOP, study, arm)
                .map(word -> "stopped by %s: %s".formatted(word.getIssuer(), word.getReason()))
                .sorted()
                .findFirst();
    }

    /** Whether an arm is paused; a stop is stronger and has to be asked for first. */
    boolean paused(String study, String arm) {
        return standing(ControlWord.PAUSE, study, arm).findAny().isPresent();
    }

    private Stream<Control> standing(ControlWord wanted, String study, String arm) {
        return words.values().stream()
                .filter(word -> word.getWord() == wanted)
                .filter(word -> word.getStudy().equals(study))
                .filter(word -> word.getArm().equals(arm) || word.getArm().equals(ALL_ARMS));
    }
}
