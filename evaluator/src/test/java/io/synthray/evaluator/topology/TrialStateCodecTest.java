package io.synthray.evaluator.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synthray.evaluator.event.Score;
import io.synthray.evaluator.study.TrialState;
import io.synthray.evaluator.study.TrialState.End;
import io.synthray.evaluator.study.TrialState.Result;
import io.synthray.evaluator.study.TrialState.Stage;
import io.synthray.event.TrialStatus;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrialStateCodecTest {
    private static final BitSet NONE = new BitSet();
    private static final BitSet SOME = IntStream.of(0, 2, 300).collect(BitSet::new, BitSet::set, BitSet::or);

    static Stream<TrialState> states() {
        List<Score> scores = List.of(
                new Score("dice", null, null, null, Math.nextUp(0.1)),
                new Score("dice", "heart", "sex=female", 0, Double.NaN));
        return Stream.of(
                new TrialState(false, null, NONE, null, 0, 0),
                new TrialState(true, null, SOME, null, 3, 1),
                new TrialState(true, new Result(TrialStatus.COMPLETED, null, scores, 301), SOME, null, 0, 0),
                new TrialState(false, new Result(TrialStatus.FAILED, "why", List.of(), 1), SOME, null, 0, 0),
                new TrialState(true, null, NONE, new End(Stage.SKIPPED, "stopped after repeat 5"), 2, 0));
    }

    @ParameterizedTest
    @MethodSource("states")
    void comesBackAsItWas(TrialState state) {
        TrialStateCodec codec = new TrialStateCodec();
        assertEquals(state, codec.decode(codec.encode(state)));
    }
}
