package io.synthray.generator.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Control;
import io.synthray.event.ControlWord;
import org.junit.jupiter.api.Test;

class StandingWordsTest {
    private final StandingWords words = new StandingWords();

    @Test
    void anyIssuerStopsAndOnlyThatIssuerTakesItBack() {
        say("study", "arm", "console", ControlWord.STOP);
        say("study", "arm", "cli", ControlWord.RUN);
        assertEquals("console", words.stop("study", "arm").orElseThrow().getIssuer());
        say("study", "arm", "console", ControlWord.PAUSE);
        assertTrue(words.stop("study", "arm").isEmpty());
    }

    @Test
    void aStarStopsEveryArmOfItsStudy() {
        say("study", "*", "cli", ControlWord.STOP);
        assertTrue(words.stop("study", "arm").isPresent());
        assertTrue(words.stop("study", "other").isPresent());
        assertTrue(words.stop("other", "arm").isEmpty());
        words.apply("study/*/cli", null);
        assertTrue(words.stop("study", "arm").isEmpty());
    }

    private void say(String study, String arm, String issuer, ControlWord word) {
        words.apply(study + "/" + arm + "/" + issuer, new Control(study, arm, issuer, word, "reason", null));
    }
}
