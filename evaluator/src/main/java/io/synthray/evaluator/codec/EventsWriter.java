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
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.id.TrialId;

/**
 * Events of one study as bytes, written as they come: what waits for its commit is a row of bytes and not some twenty objects an event, which the garbage
 * collector would copy.
 */
public final class EventsWriter {
    private final ByteWriter out = new ByteWriter();
    private final Writing writing = new Writing(out);

    /** Without events. */
    public EventsWriter() {
        out.octet(EventsCodec.VERSION);
    }

    /** Writes an event. */
    public void add(StudyEvent event) {
        event.to(writing);
    }

    /** What {@link EventsCodec} reads. */
    public byte[] toBytes() {
        return out.toBytes();
    }

    private record Writing(ByteWriter out) implements StudyEvent.Handler {
        @Override
        public void planned(Planned event) {
            out.octet(EventsCodec.PLANNED);
            out.block(AvroCodec.STUDY.encode(event.plan()));
        }

        @Override
        public void requested(Requested event) {
            out.octet(EventsCodec.REQUESTED);
            request(event.request());
            position(event.at());
        }

        @Override
        public void imaged(Imaged event) {
            out.octet(EventsCodec.IMAGED);
            request(event.request());
            StoredImages.write(out, event.image());
            out.name(event.weights());
            Embedding embedding = event.embedding();
            out.block(embedding == null ? null : embedding.bytes());
            if (embedding != null) {
                out.name(embedding.embedder());
            }
            position(event.at());
        }

        @Override
        public void notImaged(NotImaged event) {
            out.octet(EventsCodec.NOT_IMAGED);
            request(event.request());
            out.octet(event.status().ordinal());
            out.name(event.error());
            position(event.at());
        }

        @Override
        public void trialRequested(TrialRequested event) {
            out.octet(EventsCodec.TRIAL_REQUESTED);
            trial(event.trial());
            position(event.at());
        }

        @Override
        public void trialEnded(TrialEnded event) {
            out.octet(event.cases().isEmpty() ? EventsCodec.TRIAL_ENDED : EventsCodec.TRIAL_ENDED_WITH_CASES);
            trial(event.trial());
            out.number(event.chunk());
            out.number(event.chunks());
            out.octet(event.status().ordinal());
            out.name(event.error());
            Scores.write(out, event.scores());
            if (!event.cases().isEmpty()) {
                CaseOutcomes.write(out, event.cases());
            }
            position(event.at());
        }

        @Override
        public void referenced(Referenced event) {
            out.octet(EventsCodec.REFERENCED);
            out.block(AvroCodec.REFERENCE.encode(event.chunk()));
        }

        private void request(RequestId request) {
            out.name(request.imageSet().study());
            out.name(request.imageSet().arm());
            out.name(request.imageSet().imageSet());
            out.number(request.index());
        }

        private void trial(TrialId trial) {
            out.name(trial.study());
            out.name(trial.arm());
            out.number(trial.repeat());
        }

        private void position(Position at) {
            out.number(at.partition());
            out.number(at.offset());
        }
    }
}
