package io.synthray.evaluator.topology;

import io.synthray.evaluator.codec.ByteReader;
import io.synthray.evaluator.codec.ByteWriter;
import io.synthray.evaluator.codec.Codec;
import io.synthray.evaluator.event.FileDigest;
import io.synthray.evaluator.study.CaseAnswers;
import java.util.BitSet;

/** Some eight bytes a case. */
final class CaseAnswersCodec implements Codec<CaseAnswers> {
    @Override
    public byte[] encode(CaseAnswers answers) {
        ByteWriter out = new ByteWriter();
        out.digest(FileDigest.parse("roster", answers.roster()));
        out.number(answers.values().length);
        for (double value : answers.values()) {
            out.real(value);
        }
        out.block(answers.told().toByteArray());
        out.block(answers.called().toByteArray());
        return out.toBytes();
    }

    @Override
    public CaseAnswers decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        String roster = in.digest().toString();
        double[] values = new double[in.integer()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.real();
        }
        return new CaseAnswers(roster, values, BitSet.valueOf(in.block()), BitSet.valueOf(in.block()));
    }
}
