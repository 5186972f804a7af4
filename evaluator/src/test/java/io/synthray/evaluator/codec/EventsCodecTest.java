package io.synthray.evaluator.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.evaluator.event.CaseOutcome;
import io.synthray.evaluator.event.Embedding;
import io.synthray.evaluator.event.FileDigest;
import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.Score;
import io.synthray.evaluator.event.StoredFile;
import io.synthray.evaluator.event.StoredImage;
import io.synthray.evaluator.event.StudyEvent;
import io.synthray.evaluator.fixture.Studies;
import io.synthray.event.OutcomeStatus;
import io.synthray.event.ReferenceSide;
import io.synthray.event.StudySeal;
import io.synthray.event.TrialStatus;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsCodecTest {
    private final EventsCodec codec = new EventsCodec();

    private static List<StudyEvent> events() {
        RequestId request = RequestId.parse("s/real+masks/repeat-2/17");
        TrialId trial = TrialId.parse("s/real+masks/2");
        Position at = new Position(63, 1L << 40);
        String sha256 = Studies.sha256("image");
        FileDigest digest = FileDigest.parse("sha256", sha256);
        StoredImage plain = new StoredImage(new StoredFile(digest, "file:///a", null), null, List.of("edema"));
        StoredImage usual = new StoredImage(
                new StoredFile(digest, "file:///store/", ".png"),
                new StoredFile(FileDigest.parse("sha256", Studies.sha256("mask")), "file:///store/", ".png"),
                List.of("edema", "effusion"));
        return List.of(
                new StudyEvent.Planned(Studies.study(Studies.plan("s", 2, 3, 1), StudySeal.OPEN)),
                new StudyEvent.Requested(request, at),
                new StudyEvent.Imaged(request, plain, "weights", null, at),
                new StudyEvent.Imaged(request, usual, "weights", new Embedding("e", new byte[] {1, -2}), at),
                new StudyEvent.Imaged(request, usual, "", new Embedding("e", new byte[0]), new Position(0, 0)),
                new StudyEvent.NotImaged(request, OutcomeStatus.PARKED, "given \"up\"", at),
                new StudyEvent.TrialRequested(trial, new Position(0, 0)),
                new StudyEvent.TrialEnded(trial, 0, 1, TrialStatus.FAILED, "why", List.of(), List.of(), at),
                new StudyEvent.TrialEnded(
                        trial,
                        0,
                        2,
                        TrialStatus.COMPLETED,
                        null,
                        List.of(
                                new Score("dice", null, null, null, Math.nextUp(0.1)),
                                new Score("dice", "heart", "sex=female", 12, Double.NaN)),
                        List.of(
                                new CaseOutcome("p", "c1", "heart", 0.25, null, null),
                                new CaseOutcome("p", "c2", "edema", 0.75, true, false)),
                        at),
                new StudyEvent.Referenced(Studies.reference("s", ReferenceSide.TRAIN, 0, 1, List.of(new short[] {7}))));
    }

    @Test
    void everyEventComesBackAsItWas() {
        for (StudyEvent event : events()) {
            assertEquals(List.of(event), codec.decode(codec.encode(List.of(event))));
        }
        assertEquals(events(), codec.decode(codec.encode(events())));
    }

    @Test
    void imagesThatTravelTogetherAreSmall() {
        List<StudyEvent> images = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            FileDigest digest = FileDigest.parse("sha256", Studies.sha256("image" + i));
            StoredImage image = new StoredImage(new StoredFile(digest, "file:///store/", ".png"), null, List.of());
            images.add(new StudyEvent.Imaged(
                    new RequestId(ImageSetId.shared("s", "arm"), i), image, "w", null, new Position(1, i)));
        }
        int bytes = codec.encode(images).length;
        assertTrue(bytes < 60 * 500, bytes + " bytes for 500 images");
    }

    /** Events wait for their plan in stores over an upgrade: these bytes must remain readable. */
    @Test
    void storedFormIsKept() {
        StudyEvent event = new StudyEvent.Requested(RequestId.parse("s/real+masks/repeat-2/17"), new Position(63, 5));
        String stored =
                "01" + "01" + "010273" + "01147265616c2b6d61736b73" + "01107265706561742d32" + "22" + "7e" + "0a";
        assertEquals(stored, HexFormat.of().formatHex(codec.encode(List.of(event))));
        assertEquals(List.of(event), codec.decode(HexFormat.of().parseHex(stored)));
        assertThrows(IllegalStateException.class, () -> codec.decode(new byte[] {9}));
    }
}
