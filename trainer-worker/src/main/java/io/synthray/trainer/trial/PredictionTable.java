package io.synthray.trainer.trial;

import io.synthray.event.CaseResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What was predicted of every test case, as CSV: {@code case,target,value,truth,called}. No id of a patient or image is in it. */
public final class PredictionTable {
    private PredictionTable() {}

    /** One line a case and target; what does not apply is empty. */
    public static byte[] of(List<CaseResult> cases) {
        StringBuilder table = new StringBuilder("case,target,value,truth,called\n");
        for (CaseResult result : cases) {
            table.append(result.getCase$())
                    .append(',')
                    .append(result.getTarget())
                    .append(',');
            table.append(result.getValue()).append(',');
            table.append(result.getTruth() == null ? "" : result.getTruth()).append(',');
            table.append(result.getCalled() == null ? "" : result.getCalled() ? 1 : 0)
                    .append('\n');
        }
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }
}
