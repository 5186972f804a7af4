package io.synthray.evaluator.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.Score;
import io.synthray.evaluator.event.StoredImage;
import io.synthray.evaluator.event.StudyEvent;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.event.OutcomeStatus;
import io.synthray.event.StudySeal;
import io.synthray.event.TrialStatus;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonCodecTest {
    private final JsonCodec<StudyEvent> codec = new JsonCodec<>(StudyEvent.class);

    static List<StudyEvent> events() {
        RequestId request = RequestId.parse("s/real+masks/repeat-2/17");
        TrialId trial = TrialId.parse("s/real+masks/2");
        return List.of(
                new StudyEvent.Planned(Studies.study(Studies.plan("s", 2, 3, 1), StudySeal.OPEN)),
                new StudyEvent.Requested(request, new Position(63, 1L << 40)),
                new StudyEvent.Imaged(request, new StoredImage("file:///a", "ab", null, null, List.of("edema"))),
                new StudyEvent.NotImaged(request, OutcomeStatus.PARKED, "given \"up\""),
                new StudyEvent.TrialRequested(trial, new Position(0, 0)),
                new StudyEvent.TrialEnded(
                        trial,
                        0,
                        2,
                        TrialStatus.COMPLETED,
                        null,
                        List.of(new Score("dice", null, Math.nextUp(0.1)), new Score("dice", "heart", Double.NaN))));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventComesBackAsItWas(StudyEvent event) {
        assertEquals(event, codec.decode(codec.encode(event)));
    }

    /** Waiting events lie in stores over an upgrade: this text must remain readable. */
    @Test
    void storedFormIsKept() {
        String stored = "{\"event\":\"requested\",\"request\":\"s/real+masks/repeat-2/17\","
                + "\"at\":{\"partition\":63,\"offset\":5}}";
        StudyEvent event = new StudyEvent.Requested(RequestId.parse("s/real+masks/repeat-2/17"), new Position(63, 5));
        assertEquals(stored, new String(codec.encode(event), StandardCharsets.UTF_8));
        String newer = stored.replace("\"offset\":5", "\"offset\":5,\"added-later\":true");
        assertEquals(event, codec.decode(newer.getBytes(StandardCharsets.UTF_8)));
    }
}
