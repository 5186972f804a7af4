package io.synthray.producer.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.StudyPhase;
import io.synthray.event.TrialProgress;
import io.synthray.producer.fixture.SampleStudy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private final SampleStudy sample = SampleStudy.create();
    private final StudyProgress progress = new StudyProgress();
    private final StringWriter text = new StringWriter();

    @Test
    void printsALineForEachThingThatHappensAndNothingTwice() {
        LineDisplay display = new LineDisplay(new PrintWriter(text));
        show(display, 0, "");
        assertEquals("", text.toString());

        progress.add(sample.state(StudyPhase.RUNNING, 4, 0));
        show(display, 1, "");
        show(display, 2, "");
        assertEquals(
                List.of("   0:01  study sample is RUNNING", "   0:01  image set shared/shared is frozen: 4 images"),
                lines());

        progress.add(sample.result("real-only", 1, 0.8125));
        progress.add(sample.state(StudyPhase.RUNNING, 5, 1, "a note \u001b[31m of the evaluator"));
        show(display, 7, "the broker at 127.0.0.1:1 does not answer");
        show(display, 8, "the broker at 127.0.0.1:1 does not answer");
        show(display, 20, "");
        assertEquals(
                List.of(
                        "   0:07  trial real-only/1 completed: dice 0.8125",
                        "   0:07  note: a note  [31m of the evaluator",
                        "   0:07  images 19/22, trials 1/12, about 1:30 left",
                        "   0:07  waiting: the broker at 127.0.0.1:1 does not answer"),
                lines().subList(2, lines().size()));
    }

    @Test
    void redrawsOneBlockInPlace() {
        TerminalDisplay display = new TerminalDisplay(new PrintWriter(text), "sample");
        show(display, 0, "");
        assertTrue(text.toString().contains("Study sample: waiting for the evaluator   0:00 elapsed"), text.toString());
        assertFalse(text.toString().contains("\u001b[1F"), "there is nothing to go back over");

        progress.add(sample.state(StudyPhase.RUNNING, 3, 0));
        progress.add(sample.waiting(0));
        progress.add(TrialProgress.newBuilder()
                .setTrial("sample/real-only/1")
                .setStudy("sample")
                .setArm("real-only")
                .setRepeat(1)
                .setEpoch(1)
                .setEpochs(2)
                .setStep(10)
                .setSteps(20)
                .setLoss(0.5)
                .setImagesPerSecond(20)
                .setSecondsLeft(7)
                .setWorker("trainer-1")
                .build());
        text.getBuffer().setLength(0);
        show(display, 65, "");
        assertTrue(text.toString().startsWith("\u001b[?7l\u001b[1F"), "goes back over the one line before");
        List<String> shown = text.toString()
                .replaceAll("\u001b\\[[?0-9;]*[A-Za-z]", "")
                .lines()
                .toList();
        assertEquals(
                List.of(
                        "Study sample: RUNNING   1:05 elapsed   about 1:30 left",
                        "Images  [#############...........] 12/22",
                        "  shared/shared                      3/4 made",
                        "  real+synthetic/repeat-1            3/6 made",
                        "  real+synthetic/repeat-2            3/6 made",
                        "  real+synthetic/repeat-3            3/6 made",
                        "Trials  [........................] 0/12",
                        "  real-only/1                        epoch 1/2, step 10/20, loss 0.5000, 0:07 left",
                        "  real+synthetic/real-only/dice: no pair yet (0 of 3 pairs)"),
                shown);
    }

    private void show(Display display, int seconds, String trouble) {
        display.show(progress, Duration.ofSeconds(seconds), Optional.of(Duration.ofSeconds(90)), trouble);
    }

    private List<String> lines() {
        return text.toString().lines().toList();
    }
}
