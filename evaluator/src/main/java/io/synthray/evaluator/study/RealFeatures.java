package io.synthray.evaluator.study;

import io.synthray.event.ReferenceChunk;
import io.synthray.event.ReferenceEmbedding;
import io.synthray.event.ReferenceSide;
import io.synthray.event.SampleFidelity;
import io.synthray.fidelity.Moments;
import io.synthray.fidelity.NearCopies;
import io.synthray.fidelity.Quantisation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Features of a study's real images.
 *
 * @param embedder what made them
 * @param heldOut moments of all held-out images
 * @param sample the held-out images with the smallest hashed ids
 * @param train all train images
 * @param trainToSample figures of the train images with the smallest hashed ids against that sample; empty with too few of either
 * @param sampleToTrain distance of each held-out image of the sample to its nearest train image; empty without train images
 */
@SuppressWarnings("ArrayRecordComponent") // Worked out once and read; nobody compares them.
record RealFeatures(
        String embedder,
        Moments heldOut,
        List<short[]> sample,
        List<short[]> train,
        Optional<SampleFidelity> trainToSample,
        double[] sampleToTrain) {

    /** Of a study; empty while chunks are missing or do not belong together. */
    static Optional<RealFeatures> of(Table<String, ReferenceChunk> table, String study, int sampleSize) {
        List<ReferenceChunk> heldOut = side(table, study, ReferenceSide.HELD_OUT);
        List<ReferenceChunk> train = side(table, study, ReferenceSide.TRAIN);
        if (!whole(heldOut) || (!train.isEmpty() && (!whole(train) || !sameEmbedder(train.get(0), heldOut.get(0))))) {
            return Optional.empty();
        }
        List<ReferenceEmbedding> entries = entries(heldOut);
        Moments moments = new Moments(heldOut.get(0).getDimension());
        entries.forEach(entry -> moments.add(steps(entry)));
        List<short[]> sample = smallest(entries, sampleSize);
        List<ReferenceEmbedding> trainEntries = entries(train);
        List<short[]> all = trainEntries.stream().map(RealFeatures::steps).toList();
        double[] distances = all.isEmpty()
                ? new double[0]
                : sample.stream()
                        .mapToDouble(image -> NearCopies.nearest(image, all))
                        .toArray();
        return Optional.of(new RealFeatures(
                heldOut.get(0).getEmbedder(),
                moments,
                sample,
                all,
                SampleFigures.of(smallest(trainEntries, sampleSize), sample).map(SampleFidelity.Builder::build),
                distances));
    }

    private static List<short[]> smallest(List<ReferenceEmbedding> entries, int sampleSize) {
        return entries.stream()
                .sorted(Comparator.comparing(ReferenceEmbedding::getCase$))
                .limit(sampleSize)
                .map(RealFeatures::steps)
                .toList();
    }

    private static List<ReferenceChunk> side(Table<String, ReferenceChunk> table, String study, ReferenceSide side) {
        List<ReferenceChunk> chunks = new ArrayList<>();
        table.scan(study + "/" + side + "/", (key, chunk) -> chunks.add(chunk));
        chunks.removeIf(chunk -> chunk.getChunk() >= chunks.get(0).getChunks());
        return chunks;
    }

    private static boolean whole(List<ReferenceChunk> chunks) {
        return !chunks.isEmpty()
                && chunks.size() == chunks.get(0).getChunks()
                && chunks.stream().allMatch(chunk -> sameEmbedder(chunk, chunks.get(0)));
    }

    private static boolean sameEmbedder(ReferenceChunk one, ReferenceChunk other) {
        return one.getEmbedder().equals(other.getEmbedder()) && one.getDimension() == other.getDimension();
    }

    private static List<ReferenceEmbedding> entries(List<ReferenceChunk> chunks) {
        return chunks.stream().flatMap(chunk -> chunk.getEntries().stream()).toList();
    }

    private static short[] steps(ReferenceEmbedding entry) {
        return Quantisation.steps(entry.getEmbedding());
    }
}
