package io.synthray.evaluator.study;

import io.synthray.evaluator.event.CaseOutcome;
import io.synthray.schemas.id.TrialId;
import java.util.ArrayList;
import java.util.List;

/**
 * Results of single test cases, chunk by chunk, until their study has ended: the bootstrap over patients needs every patient's result of
 * every trial (docs/decisions/0041).
 */
final class CaseResults {
    private final Table<String, CaseAnswers> answers;
    private final Table<String, CaseRoster> rosters;

    CaseResults(StudyTables tables) {
        this.answers = tables.cases();
        this.rosters = tables.rosters();
    }

    void put(TrialId trial, int chunk, List<CaseOutcome> cases) {
        CaseRoster roster = CaseRoster.of(cases);
        String digest = roster.digest();
        String key = rosterKey(trial.study(), digest);
        if (rosters.get(key).isEmpty()) {
            rosters.put(key, roster);
        }
        answers.put(trial.key() + "/" + chunk, CaseAnswers.of(digest, cases));
    }

    /** Of one trial, in any order. */
    List<CaseOutcome> of(TrialId trial) {
        List<CaseOutcome> cases = new ArrayList<>();
        answers.scan(
                trial.key() + "/",
                (key, chunk) -> cases.addAll(rosters.get(rosterKey(trial.study(), chunk.roster()))
                        .orElseThrow()
                        .with(chunk)));
        return cases;
    }

    void forget(String study) {
        answers.scan(study + "/", (key, chunk) -> answers.delete(key));
        rosters.scan(study + "/", (key, roster) -> rosters.delete(key));
    }

    private static String rosterKey(String study, String digest) {
        return study + "/" + digest;
    }
}
