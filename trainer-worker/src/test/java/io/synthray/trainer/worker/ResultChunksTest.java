package io.synthray.trainer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.CaseResult;
import io.synthray.event.Metric;
import io.synthray.event.TrialProvenance;
import io.synthray.event.TrialResult;
import io.synthray.event.TrialStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

class ResultChunksTest {
    @Property(tries = 10)
    void keepsEveryCaseInOrderWithinTheLimit(@ForAll @IntRange(min = 0, max = 15_000) int cases) throws IOException {
        TrialResult whole = result(cases);
        List<TrialResult> chunks = ResultChunks.of(whole);
        List<CaseResult> found =
                chunks.stream().flatMap(chunk -> chunk.getCases().stream()).toList();
        assertEquals(whole.getCases(), found);
        for (int i = 0; i < chunks.size(); i++) {
            TrialResult chunk = chunks.get(i);
            assertEquals(i, chunk.getChunk());
            assertEquals(chunks.size(), chunk.getChunks());
            assertEquals(TrialStatus.COMPLETED, chunk.getStatus());
            // Five bytes of the wire format come before the value.
            assertTrue(encoded(chunk) + 5 <= 256 * 1024, "chunk of " + encoded(chunk));
        }
    }

    @Test
    void onlyTheFirstChunkHasMetricsAndProvenance() {
        List<TrialResult> chunks = ResultChunks.of(result(12_000));
        assertTrue(chunks.size() > 1);
        assertEquals(1, chunks.get(0).getMetrics().size());
        assertNotNull(chunks.get(0).getProvenance());
        assertEquals(List.of(), chunks.get(1).getMetrics());
        assertNull(chunks.get(1).getProvenance());
    }

    @Test
    void aSmallResultIsOneChunk() {
        assertEquals(1, ResultChunks.of(result(4000)).size());
    }

    private static int encoded(TrialResult result) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<>(TrialResult.class).write(result, encoder);
        encoder.flush();
        return bytes.size();
    }

    private static TrialResult result(int cases) {
        return TrialResult.newBuilder()
                .setTrial("s/a/1")
                .setStudy("s")
                .setArm("a")
                .setRepeat(1)
                .setChunk(0)
                .setChunks(1)
                .setStatus(TrialStatus.COMPLETED)
                .setMetrics(List.of(new Metric("dice", null, 0.9, null, null)))
                .setCases(IntStream.range(0, cases)
                        .mapToObj(i -> new CaseResult(
                                "%016x".formatted(i),
                                i % 3 == 0 ? "heart" : "right-clavicle",
                                i / 1e5,
                                i % 2,
                                "%016x".formatted(i),
                                true))
                        .toList())
                .setProvenance(TrialProvenance.newBuilder()
                        .setEngine("e")
                        .setSynthray("1")
                        .setThreads(1)
                        .setDatasetFingerprint("f")
                        .setSubsetDigest("d")
                        .setRealImages(1)
                        .setSyntheticImages(0)
                        .setTestImages(1)
                        .setInitialisationSeed(1)
                        .setOrderSeed(2)
                        .build())
                .setTrainingSeconds(1)
                .setWorker("w")
                .build();
    }
}
