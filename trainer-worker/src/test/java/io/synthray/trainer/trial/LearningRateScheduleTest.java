package io.synthray.trainer.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
    @Test
    void warmsUpThenFallsAsACosine() {
        LearningRateSchedule schedule = new LearningRateSchedule(0.01, 200);
        assertEquals(0.001, schedule.at(0), 1e-12);
        assertEquals(0.01, schedule.at(9), 1e-12);
        assertEquals(0.01, schedule.at(10), 1e-12);
        assertEquals(0.005, schedule.at(105), 1e-12);
        assertEquals(0, schedule.at(199), 1e-6);
    }

    @Test
    void oneStepTakesThePeak() {
        assertEquals(0.01, new LearningRateSchedule(0.01, 1).at(0), 1e-12);
    }
}
