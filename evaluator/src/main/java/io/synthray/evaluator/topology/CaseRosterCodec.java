package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.ByteReader;
import io.synthray.evaluator.codec.ByteWriter;
import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.study.CaseRoster;
import io.synthray.evaluator.study.CaseRoster.Entry;
import java.util.ArrayList;
import java.util.List;

/** Test cases with their patients; what they share is written once. */
final class CaseRosterCodec implements Codec<CaseRoster> {
    private static final Boolean[] TRUTHS = {null, Boolean.FALSE, Boolean.TRUE};

    @Override
    public byte[] encode(CaseRoster roster) {
        ByteWriter out = new ByteWriter();
        for (Entry entry : roster.cases()) {
            out.name(entry.patient());
            out.name(entry.id());
            out.name(entry.target());
            out.octet(entry.truth() == null ? 0 : entry.truth() ? 2 : 1);
        }
        return out.toBytes();
    }

    @Override
    public CaseRoster decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        List<Entry> cases = new ArrayList<>();
        while (in.hasMore()) {
            cases.add(new Entry(in.name(), in.name(), in.name(), TRUTHS[in.octet()]));
        }
        return new CaseRoster(cases);
    }
}
