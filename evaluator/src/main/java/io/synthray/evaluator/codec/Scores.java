package io.synthray.evaluator.codec;

import io.synthray.evaluator.event.Score;
import java.util.ArrayList;
import java.util.List;

/** Scores as bytes: what they are of is written once. */
public final class Scores {
    private Scores() {}

    /** Writes scores. */
    public static void write(ByteWriter out, List<Score> scores) {
        out.number(scores.size());
        for (Score score : scores) {
            out.name(score.metric());
            out.name(score.target());
            out.name(score.subgroup());
            out.number(score.cases() == null ? -1 : score.cases());
            out.real(score.value());
        }
    }

    /** Reads what {@link #write} wrote. */
    public static List<Score> read(ByteReader in) {
        int count = in.integer();
        List<Score> scores = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String metric = in.name();
            String target = in.name();
            String subgroup = in.name();
            int cases = in.integer();
            scores.add(new Score(metric, target, subgroup, cases < 0 ? null : cases, in.real()));
        }
        return scores;
    }
}
