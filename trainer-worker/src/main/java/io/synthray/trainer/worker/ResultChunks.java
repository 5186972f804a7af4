package io.synthray.trainer.worker;

import io.synthray.event.CaseResult;
import io.synthray.event.TrialResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Splits a result whose cases would make it too large for one record. */
final class ResultChunks {
    /** Bytes that a record's value may have. */
    static final int LIMIT = 256 * 1024;

    /** Wire format's header, the chunk's numbers, and the lengths of blocks, all of which grow with the chunks. */
    private static final int RESERVE = 64;

    private ResultChunks() {}

    /**
     * The chunks of a result in their order. Chunk 0 has everything but the cases that are too many, the others status and cases.
     *
     * @param whole a result with all its cases
     */
    static List<TrialResult> of(TrialResult whole) {
        TrialResult first = TrialResult.newBuilder(whole).setCases(List.of()).build();
        TrialResult further = TrialResult.newBuilder(first)
                .setMetrics(List.of())
                .setProvenance(null)
                .setReport(null)
                .build();
        List<List<CaseResult>> groups = groups(whole.getCases(), size(first), size(further));
        List<TrialResult> chunks = new ArrayList<>();
        for (int chunk = 0; chunk < groups.size(); chunk++) {
            chunks.add(TrialResult.newBuilder(chunk == 0 ? first : further)
                    .setChunk(chunk)
                    .setChunks(groups.size())
                    .setCases(groups.get(chunk))
                    .build());
        }
        return chunks;
    }

    private static List<List<CaseResult>> groups(List<CaseResult> cases, int firstSize, int furtherSize) {
        List<List<CaseResult>> groups = new ArrayList<>();
        List<CaseResult> group = new ArrayList<>();
        int bytes = firstSize + RESERVE;
        for (CaseResult result : cases) {
            int size = size(result);
            if (bytes + size > LIMIT && !(group.isEmpty() && !groups.isEmpty())) {
                groups.add(group);
                group = new ArrayList<>();
                bytes = furtherSize + RESERVE;
            }
            group.add(result);
            bytes += size;
        }
        groups.add(group);
        return groups;
    }

    private static int size(SpecificRecord record) {
        ByteCount count = new ByteCount();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(count, null);
        try {
            new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count.bytes;
    }

    private static final class ByteCount extends OutputStream {
        private int bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int off, int len) {
            bytes += len;
        }
    }
}
