package io.synthray.evaluator.codec;

import io.synthray.evaluator.event.Embedding;
import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.StudyEvent;
import io.synthray.evaluator.event.StudyEvent.Imaged;
import io.synthray.evaluator.event.StudyEvent.NotImaged;
import io.synthray.evaluator.event.StudyEvent.Planned;
import io.synthray.evaluator.event.StudyEvent.Referenced;
import io.synthray.evaluator.event.StudyEvent.Requested;
import io.synthray.evaluator.event.StudyEvent.TrialEnded;
import io.synthray.evaluator.event.StudyEvent.TrialRequested;
import io.synthray.event.OutcomeStatus;
import io.synthray.event.TrialStatus;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events of one study, in their order. What they share (image set, store, weights, labels) is written once, so that an image takes
 * some 75 bytes and its embedding. The numbers of kinds are part of the stored format: append, never change.
 */
public final class EventsCodec implements Codec<List<StudyEvent>> {
    static final int VERSION = 1;
    static final int PLANNED = 0;
    static final int REQUESTED = 1;
    static final int IMAGED = 2;
    static final int NOT_IMAGED = 3;
    static final int TRIAL_REQUESTED = 4;
    static final int TRIAL_ENDED = 5;
    static final int REFERENCED = 6;
    static final int TRIAL_ENDED_WITH_CASES = 7;

    @Override
    public byte[] encode(List<StudyEvent> events) {
        EventsWriter out = new EventsWriter();
        events.forEach(out::add);
        return out.toBytes();
    }

    @Override
    public List<StudyEvent> decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.octet();
        if (version != VERSION) {
            throw new IllegalStateException("events of version %d: expected %d".formatted(version, VERSION));
        }
        Reading reading = new Reading(in);
        List<StudyEvent> events = new ArrayList<>();
        while (in.hasMore()) {
            events.add(reading.next());
        }
        return events;
    }

    private static final class Reading {
        private static final OutcomeStatus[] OUTCOMES = OutcomeStatus.values();
        private static final TrialStatus[] STATUSES = TrialStatus.values();

        private final ByteReader in;
        /** Checked once, not for each of their images. */
        private final Map<String, ImageSetId> sets = new HashMap<>();

        Reading(ByteReader in) {
            this.in = in;
        }

        StudyEvent next() {
            int kind = in.octet();
            return switch (kind) {
                case PLANNED -> new Planned(AvroCodec.STUDY.decode(in.block()));
                case REQUESTED -> new Requested(request(), position());
                case IMAGED -> imaged();
                case NOT_IMAGED -> new NotImaged(request(), OUTCOMES[in.octet()], in.name(), position());
                case TRIAL_REQUESTED -> new TrialRequested(trial(), position());
                case TRIAL_ENDED, TRIAL_ENDED_WITH_CASES ->
                    new TrialEnded(
                            trial(),
                            in.integer(),
                            in.integer(),
                            STATUSES[in.octet()],
                            in.name(),
                            Scores.read(in),
                            kind == TRIAL_ENDED ? List.of() : CaseOutcomes.read(in),
                            position());
                case REFERENCED -> new Referenced(AvroCodec.REFERENCE.decode(in.block()));
                default ->
                    throw new IllegalStateException(
                            "event of kind " + kind + ": expected 0.." + TRIAL_ENDED_WITH_CASES);
            };
        }

        private Imaged imaged() {
            RequestId request = request();
            var image = StoredImages.read(in);
            String weights = in.name();
            byte[] embedding = in.block();
            Embedding embedded = embedding == null ? null : new Embedding(in.name(), embedding);
            return new Imaged(request, image, weights, embedded, position());
        }

        private RequestId request() {
            String study = in.name();
            String arm = in.name();
            String set = in.name();
            ImageSetId id = sets.computeIfAbsent(study + "/" + arm + "/" + set, key -> new ImageSetId(study, arm, set));
            return new RequestId(id, in.integer());
        }

        private TrialId trial() {
            return new TrialId(in.name(), in.name(), in.integer());
        }

        private Position position() {
            return new Position(in.integer(), in.number());
        }
    }
}
