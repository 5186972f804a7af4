package io.synthray.evaluator.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.fixture.Studies;
import io.synthray.evaluator.study.CaseAnswers;
import io.synthray.evaluator.study.CaseRoster;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseCodecsTest {
    private static final int CASES = 5000;

    private final CaseAnswersCodec answersCodec = new CaseAnswersCodec();
    private final CaseRosterCodec rosterCodec = new CaseRosterCodec();

    private static CaseRoster roster() {
        List<CaseRoster.Entry> cases = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            String patient = Studies.sha256("patient" + i / 2).substring(0, 16);
            String id = Studies.sha256("case" + i).substring(0, 16);
            cases.add(new CaseRoster.Entry(
                    patient, id, i % 3 == 0 ? "heart" : "edema", i % 3 == 0 ? null : (Boolean) (i % 3 == 1)));
        }
        return new CaseRoster(cases);
    }

    private static CaseAnswers answers() {
        double[] values = new double[CASES];
        BitSet told = new BitSet();
        BitSet called = new BitSet();
        for (int i = 0; i < CASES; i++) {
            values[i] = 1.0 / (i + 3);
            told.set(i, i % 3 != 0);
            called.set(i, i % 3 == 1);
        }
        return new CaseAnswers(Studies.sha256("roster"), values, told, called);
    }

    @Test
    void rostersComeBackAsTheyWere() {
        assertEquals(roster(), rosterCodec.decode(rosterCodec.encode(roster())));
    }

    @Test
    void answersComeBackBitForBit() {
        CaseAnswers before = answers();
        CaseAnswers after = answersCodec.decode(answersCodec.encode(before));
        assertEquals(before.roster(), after.roster());
        assertArrayEquals(before.values(), after.values());
        assertEquals(before.told(), after.told());
        assertEquals(before.called(), after.called());
    }

    /** What docs/decisions/0041 says of the state's size. */
    @Test
    void aCaseTakesEightBytesATrialAndFortyOnceAStudy() {
        assertTrue(answersCodec.encode(answers()).length <= 8.3 * CASES);
        assertTrue(rosterCodec.encode(roster()).length <= 40 * CASES);
    }
}
