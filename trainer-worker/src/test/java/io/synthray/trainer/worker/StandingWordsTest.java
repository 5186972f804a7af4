package io.synthray.trainer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.Control;
import io.synthray.event.ControlWord;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingWordsTest {
    private final StandingWords words = new StandingWords();

    @Test
    void anyIssuersStopStandsUntilThatIssuerTakesItBack() {
        say("a", "cli", ControlWord.STOP);
        say("a", "console", ControlWord.RUN);
        assertEquals(Optional.of("stopped by cli: because"), words.stopped("s", "a"));
        say("a", "cli", ControlWord.RUN);
        assertEquals(Optional.empty(), words.stopped("s", "a"));
    }

    @Test
    void aStarStopsEveryArmOfItsStudy() {
        say("*", "cli", ControlWord.STOP);
        assertEquals(Optional.of("stopped by cli: because"), words.stopped("s", "a"));
        assertEquals(Optional.empty(), words.stopped("other", "a"));
        words.take("s/*/cli", null);
        assertEquals(Optional.empty(), words.stopped("s", "a"));
    }

    @Test
    void anArmIsPausedUntilTheWordIsTakenBack() {
        say("a", "cli", ControlWord.PAUSE);
        assertEquals(Optional.empty(), words.stopped("s", "a"));
        assertTrue(words.paused("s", "a"));
        assertFalse(words.paused("s", "b"));
        say("a", "cli", ControlWord.RUN);
        assertFalse(words.paused("s", "a"));
        say("*", "console", ControlWord.PAUSE);
        assertTrue(words.paused("s", "b"));
    }

    private void say(String arm, String issuer, ControlWord word) {
        words.take("s/" + arm + "/" + issuer, new Control("s", arm, issuer, word, "because", null));
    }
}
