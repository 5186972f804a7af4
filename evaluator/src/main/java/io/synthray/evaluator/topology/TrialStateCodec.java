package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.ByteReader;
import io.synthray.evaluator.codec.ByteWriter;
import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.codec.Scores;
import io.synthray.evaluator.study.TrialState;
import io.synthray.evaluator.study.TrialState.End;
import io.synthray.evaluator.study.TrialState.Result;
import io.synthray.evaluator.study.TrialState.Stage;
import io.synthray.event.TrialStatus;
import java.util.BitSet;

/** A trial's state, which is written with each of its chunks. Enum constants are named, since their order may change. */
final class TrialStateCodec implements Codec<TrialState> {
    @Override
    public byte[] encode(TrialState state) {
        ByteWriter out = new ByteWriter();
        out.octet(state.requested() ? 1 : 0);
        out.number(state.duplicates());
        out.number(state.conflicting());
        out.number(state.chunks().cardinality());
        state.chunks().stream().forEach(out::number);
        Result result = state.result();
        out.octet(result == null ? 0 : 1);
        if (result != null) {
            out.text(result.status().name());
            out.text(result.error());
            out.number(result.chunks());
            Scores.write(out, result.scores());
        }
        End end = state.end();
        out.octet(end == null ? 0 : 1);
        if (end != null) {
            out.text(end.stage().name());
            out.text(end.reason());
        }
        return out.toBytes();
    }

    @Override
    public TrialState decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        boolean requested = in.octet() == 1;
        int duplicates = in.integer();
        int conflicting = in.integer();
        int count = in.integer();
        BitSet chunks = new BitSet();
        for (int i = 0; i < count; i++) {
            chunks.set(in.integer());
        }
        Result result = in.octet() == 1 ? result(in) : null;
        End end = in.octet() == 1 ? new End(Stage.valueOf(in.text()), in.text()) : null;
        return new TrialState(requested, result, chunks, end, duplicates, conflicting);
    }

    private static Result result(ByteReader in) {
        TrialStatus status = TrialStatus.valueOf(in.text());
        String error = in.text();
        int chunks = in.integer();
        return new Result(status, error, Scores.read(in), chunks);
    }
}
