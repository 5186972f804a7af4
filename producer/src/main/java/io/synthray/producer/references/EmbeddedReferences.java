package io.synthray.producer.references;

import io.synthray.event.FidelityPlan;
import io.synthray.event.ReferenceChunk;
import io.synthray.event.ReferenceEmbedding;
import io.synthray.event.ReferenceSide;
import io.synthray.fidelity.Quantisation;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.DatasetException;
import io.synthray.imaging.image.GreyImage;
import io.synthray.inference.client.ExponentialBackoff;
import io.synthray.inference.client.GrpcInferenceClient;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceClientConfig;
import io.synthray.inference.client.InferenceException;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.client.ResilientInferenceClient;
import io.synthray.inference.embedder.Embedder;
import io.synthray.inference.embedder.Embedding;
import io.synthray.producer.plan.PlannedStudy;
import io.synthray.producer.plan.ReferenceImages;
import io.synthray.producer.submit.NoReferencesException;
import io.synthray.producer.submit.References;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/** Has real images embedded by the plan's embedder at an inference server, as generators have synthetic ones embedded. */
public final class EmbeddedReferences implements References {
    /** Images under way at a time, so that the server's batches fill. */
    private static final int IN_FLIGHT = 16;

    private final InferenceClientConfig server;
    private final ExponentialBackoff backoff =
            new ExponentialBackoff(Duration.ofMillis(100), Duration.ofSeconds(2), 5, () -> ThreadLocalRandom.current()
                    .nextDouble());

    /** @param server where the embedder is */
    public EmbeddedReferences(InferenceClientConfig server) {
        this.server = server;
    }

    /** @param server {@code host:port} */
    public static EmbeddedReferences at(String server) {
        return new EmbeddedReferences(InferenceClientConfig.of(server));
    }

    @Override
    public List<ReferenceChunk> of(PlannedStudy study) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (InferenceClient client = new ResilientInferenceClient(new GrpcInferenceClient(server), backoff, timer)) {
            FidelityPlan plan = study.plan().getFidelity();
            Embedder embedder = Embedder.connect(client, new ModelRef(plan.getEmbedder(), plan.getEmbedderVersion()))
                    .join();
            if (embedder.model().dimension() > Quantisation.MOST_FEATURES) {
                throw new NoReferencesException(
                        study.plan().getStudy(),
                        "model %s: expected at most %d features, found %d"
                                .formatted(
                                        embedder.model().ref(),
                                        Quantisation.MOST_FEATURES,
                                        embedder.model().dimension()),
                        null);
            }
            List<ReferenceChunk> chunks = new ArrayList<>();
            for (ReferenceSide side : ReferenceSide.values()) {
                chunks.addAll(ReferenceChunks.of(
                        study.plan().getStudy(),
                        side,
                        embedder.model().identity(),
                        embedder.model().dimension(),
                        entries(study.references(), side, embedder)));
            }
            return chunks;
        } catch (CompletionException e) {
            if (e.getCause() instanceof InferenceException failure) {
                throw new NoReferencesException(study.plan().getStudy(), failure.getMessage(), e);
            }
            throw e;
        } catch (DatasetException e) {
            throw new NoReferencesException(study.plan().getStudy(), e.withoutIds(), e);
        } finally {
            timer.shutdownNow();
        }
    }

    private static List<ReferenceEmbedding> entries(ReferenceImages images, ReferenceSide side, Embedder embedder) {
        List<DatasetCase> cases = images.cases(side);
        List<ReferenceEmbedding> entries = new ArrayList<>();
        for (int from = 0; from < cases.size(); from += IN_FLIGHT) {
            List<CompletableFuture<ReferenceEmbedding>> batch =
                    cases.subList(from, Math.min(from + IN_FLIGHT, cases.size())).stream()
                            .map(each -> embedder.embed(levels(images, each), images.side())
                                    .thenApply(embedding -> entry(each, embedding)))
                            .toList();
            batch.forEach(embedded -> entries.add(embedded.join()));
        }
        return entries;
    }

    /** Grey levels in 256 steps, as those of stored synthetic images are. */
    private static float[] levels(ReferenceImages images, DatasetCase radiograph) {
        GreyImage image = images.dataset().image(radiograph, images.side());
        byte[] bytes = image.toBytes();
        float[] levels = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            levels[i] = (bytes[i] & 0xff) / 255f;
        }
        return levels;
    }

    private static ReferenceEmbedding entry(DatasetCase radiograph, Embedding embedding) {
        return new ReferenceEmbedding(
                radiograph.key(), ByteBuffer.wrap(Quantisation.bytes(Quantisation.quantise(embedding.values()))));
    }
}
