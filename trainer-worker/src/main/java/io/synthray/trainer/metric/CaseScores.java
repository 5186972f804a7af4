package io.synthray.trainer.metric;

import io.synthray.event.Metric;
import java.util.List;

/** What a network says of cases beside what is true: what costs time is worked out once a case, whatever it is then summed over. */
interface CaseScores {
    /** Scores of all cases. */
    TestScores all();

    /**
     * The metrics of some of the cases.
     *
     * @param cases positions, 1 or more
     */
    List<Metric> of(int[] cases);
}
