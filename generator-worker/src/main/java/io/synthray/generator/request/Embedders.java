package io.synthray.generator.request;

import io.synthray.inference.client.Chain;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.InferenceUnavailableException;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.embedder.Embedder;
import io.synthray.inference.sampler.SampledImage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Has images embedded, where an embedder is configured. An embedder that is not there, or is none, costs an image its features and
 * not its life; one that is merely away is waited for.
 */
final class Embedders {
    private static final Logger LOG = Logger.getLogger(Embedders.class);
    private static final float WHITE = 255;

    private final InferenceClient client;
    private final Optional<ModelRef> model;
    private final GeneratorMetrics metrics;
    private final AtomicReference<CompletableFuture<Embedder>> known = new AtomicReference<>();
    private final AtomicReference<String> refusal = new AtomicReference<>();

    Embedders(InferenceClient client, Optional<ModelRef> model, GeneratorMetrics metrics) {
        this.client = client;
        this.model = model;
        this.metrics = metrics;
    }

    boolean areWanted() {
        return model.isPresent();
    }

    /**
     * The image's features; empty without embedder.
     *
     * @return fails with {@link InferenceUnavailableException} if it may succeed later
     */
    CompletableFuture<Optional<Features>> of(SampledImage image) {
        if (model.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Optional<Features>> features = Chain.map(
                Chain.then(embedder(model.get()), found -> found.embed(asStored(image.pixels()), image.side())),
                embedding -> Optional.of(Features.of(embedding)));
        return features.exceptionallyCompose(this::without);
    }

    private CompletableFuture<Embedder> embedder(ModelRef ref) {
        CompletableFuture<Embedder> found = known.get();
        if (found == null) {
            found = Embedder.connect(client, ref);
            known.set(found);
        }
        return found;
    }

    private CompletableFuture<Optional<Features>> without(Throwable failure) {
        known.set(null);
        if (!(failure instanceof InferenceRejectedException)) {
            return CompletableFuture.failedFuture(failure);
        }
        metrics.notEmbedded();
        if (!failure.getMessage().equals(refusal.getAndSet(failure.getMessage()))) {
            LOG.warnf("images go without features: %s", failure.getMessage());
        }
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /** Grey levels as the file has them, so that whoever reads it gets the same features. */
    private static float[] asStored(float[] pixels) {
        float[] levels = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            levels[i] = (int) (pixels[i] * WHITE + 0.5f) / WHITE;
        }
        return levels;
    }
}
