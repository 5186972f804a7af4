package io.synthray.trainer.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synthray.event.TrainingReport;
import io.synthray.event.TrialProvenance;
import io.synthray.event.TrialResult;
import io.synthray.trainer.metric.TestScores;
import io.synthray.trainer.trial.TrialEvents;
import io.synthray.trainer.trial.TrialOutcome;
import io.synthray.trainer.trial.Trials;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultLinesTest {
    @Test
    void tellsWhatATrialHasCost() {
        assertEquals(
                List.of(
                        "",
                        "s/real-only/1 on 3 test images",
                        "10 steps in 12.0 s, of which 1.5 s waiting for images, 20.0 s of processors, 14.0 s of a GPU, at most 300 MiB resident;"
                                + " tested epoch 2",
                        "4 real and 0 synthetic images; libtorch 2.10.0 on cuda on 1 threads; Synthray 1.2.3"),
                ResultLines.of(
                        result(report().setCpuSeconds(20.0).setGpuSeconds(14.0).setPeakMemoryBytes(300L << 20))));
    }

    @Test
    void saysNothingOfWhatIsNotKnown() {
        assertEquals(
                "10 steps in 12.0 s, of which 1.5 s waiting for images; tested epoch 2",
                ResultLines.of(result(report())).get(2));
    }

    private static TrainingReport.Builder report() {
        return TrainingReport.newBuilder()
                .setSteps(10)
                .setTestedEpoch(2)
                .setValidationImages(0)
                .setWaitingSeconds(1.5)
                .setDecisions(List.of());
    }

    private static TrialResult result(TrainingReport.Builder report) {
        TrialProvenance provenance = TrialProvenance.newBuilder()
                .setEngine("libtorch 2.10.0 on cuda")
                .setSynthray("1.2.3")
                .setThreads(1)
                .setDatasetFingerprint("f")
                .setSubsetDigest("d")
                .setRealImages(4)
                .setSyntheticImages(0)
                .setTestImages(3)
                .setInitialisationSeed(1)
                .setOrderSeed(2)
                .build();
        TestScores none = new TestScores(List.of(), List.of(), List.of());
        return new TrialEvents("w")
                .result(Trials.small(), new TrialOutcome.Completed(none, provenance, report.build(), 12));
    }
}
