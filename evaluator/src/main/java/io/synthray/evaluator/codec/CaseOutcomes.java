package io.synthray.evaluator.codec;

import io.synthray.evaluator.event.CaseOutcome;
import java.util.ArrayList;
import java.util.List;

/** Results of test cases: what they share is written once, so that one takes some 20 bytes. */
public final class CaseOutcomes implements Codec<List<CaseOutcome>> {
    private static final Boolean[] ANSWERS = {null, Boolean.FALSE, Boolean.TRUE};

    @Override
    public byte[] encode(List<CaseOutcome> cases) {
        ByteWriter out = new ByteWriter();
        write(out, cases);
        return out.toBytes();
    }

    @Override
    public List<CaseOutcome> decode(byte[] bytes) {
        return read(new ByteReader(bytes));
    }

    static void write(ByteWriter out, List<CaseOutcome> cases) {
        out.number(cases.size());
        for (CaseOutcome each : cases) {
            out.name(each.patient());
            out.name(each.id());
            out.name(each.target());
            out.real(each.value());
            out.octet(answer(each.truth()));
            out.octet(answer(each.called()));
        }
    }

    static List<CaseOutcome> read(ByteReader in) {
        int count = in.integer();
        List<CaseOutcome> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cases.add(new CaseOutcome(
                    in.name(), in.name(), in.name(), in.real(), ANSWERS[in.octet()], ANSWERS[in.octet()]));
        }
        return cases;
    }

    private static int answer(Boolean answer) {
        return answer == null ? 0 : answer ? 2 : 1;
    }
}
