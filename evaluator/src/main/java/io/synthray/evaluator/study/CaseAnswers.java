package io.synthray.evaluator.study;

import io.synthray.evaluator.event.CaseOutcome;
import java.util.BitSet;
import java.util.List;

/**
 * What a trial measured on the cases of a roster.
 *
 * @param roster digest of the {@link CaseRoster}
 * @param values Dice or probability of each of its cases, as reported
 * @param told cases of which the trainer tells whether the class was called
 * @param called those of them of which it was
 */
@SuppressWarnings("ArrayRecordComponent") // Kept and read back; nobody compares them.
public record CaseAnswers(String roster, double[] values, BitSet told, BitSet called) {
    static CaseAnswers of(String roster, List<CaseOutcome> cases) {
        CaseAnswers answers = new CaseAnswers(roster, new double[cases.size()], new BitSet(), new BitSet());
        for (int i = 0; i < cases.size(); i++) {
            Boolean called = cases.get(i).called();
            answers.values[i] = cases.get(i).value();
            answers.told.set(i, called != null);
            answers.called.set(i, called != null && called);
        }
        return answers;
    }

    /** Whether the class was called in a case; null where the trainer does not tell. */
    Boolean called(int i) {
        return told.get(i) ? called.get(i) : null;
    }
}
