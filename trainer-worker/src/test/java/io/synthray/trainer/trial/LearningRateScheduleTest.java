package io.synthray.trainer.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
    @Test
    void warmsUpThenFallsAsACosine() {
        LearningRateSchedule schedule = usual(200);
        assertEquals(0.001, schedule.at(0), 1e-12);
        assertEquals(0.01, schedule.at(9), 1e-12);
        assertEquals(0.01, schedule.at(10), 1e-12);
        assertEquals(0.005, schedule.at(105), 1e-12);
        assertEquals(0, schedule.at(199), 1e-6);
    }

    @Test
    void oneStepTakesThePeak() {
        assertEquals(0.01, usual(1).at(0), 1e-12);
    }

    @Test
    void fallsInStepsAfterTheStatedParts() {
        LearningRateSchedule schedule =
                new LearningRateSchedule(LearningRateSchedule.Course.STEP, 0.1, 100, 0, List.of(0.5, 0.75), 0.1);
        assertEquals(0.1, schedule.at(0), 1e-12);
        assertEquals(0.1, schedule.at(49), 1e-12);
        assertEquals(0.01, schedule.at(50), 1e-12);
        assertEquals(0.001, schedule.at(75), 1e-12);
    }

    @Test
    void staysAtThePeak() {
        LearningRateSchedule schedule =
                new LearningRateSchedule(LearningRateSchedule.Course.CONSTANT, 0.1, 100, 0.1, List.of(), 1);
        assertEquals(0.05, schedule.at(4), 1e-12);
        assertEquals(0.1, schedule.at(99), 1e-12);
    }

    private static LearningRateSchedule usual(int steps) {
        return new LearningRateSchedule(LearningRateSchedule.Course.COSINE, 0.01, steps, 0.05, List.of(), 1);
    }
}
