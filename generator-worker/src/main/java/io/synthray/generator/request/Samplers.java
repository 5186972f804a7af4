package io.synthray.generator.request;

import io.synthray.inference.client.Chain;
import io.synthray.inference.client.InferenceClient;
import io.synthray.inference.client.InferenceUnavailableException;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.sampler.SampleRequest;
import io.synthray.inference.sampler.SampledImage;
import io.synthray.inference.sampler.Sampler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Samplers by model and version, looked up and checked at first use and again after a failure. */
final class Samplers {
    private final InferenceClient client;
    private final ConcurrentMap<ModelRef, CompletableFuture<Known>> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<ModelRef, String> weights = new ConcurrentHashMap<>();

    /**
     * A sampler and the server that has it.
     *
     * @param server the server's own name and version
     */
    record Known(Sampler sampler, String server) {}

    Samplers(InferenceClient client) {
        this.client = client;
    }

    /** The sampler; fails as {@link Sampler#connect} does. The result is shared: it must not be cancelled. */
    CompletableFuture<Known> get(ModelRef model) {
        CompletableFuture<Known> sampler = known.computeIfAbsent(
                model,
                ref -> Chain.then(
                        Chain.map(Sampler.connect(client, ref), this::sameWeights),
                        found -> Chain.map(client.identity(), server -> new Known(found, server))));
        var unused = sampler.whenComplete((found, failure) -> {
            if (failure != null) {
                known.remove(model, sampler);
            }
        });
        return sampler;
    }

    /**
     * A version names its weights. Others under the same name would end up in the same image set, so that the worker waits, and says
     * what for, until they are back or it is started anew.
     */
    private Sampler sameWeights(Sampler sampler) {
        String found = sampler.model().weightsSha256();
        String before = weights.putIfAbsent(sampler.model().ref(), found);
        if (before != null && !before.equals(found)) {
            throw new InferenceUnavailableException(
                    "model %s at %s: expected weights of SHA-256 %s as before, found %s; other weights need another version"
                            .formatted(sampler.model().ref(), client.server(), before, found),
                    null);
        }
        return sampler;
    }

    /**
     * Draws one image; fails as {@link Sampler#sample} does. After a failure the model is looked up anew at its next use: its server may
     * have come back another one.
     */
    CompletableFuture<SampledImage> sample(ModelRef model, Known with, SampleRequest request) {
        CompletableFuture<SampledImage> image = with.sampler().sample(request);
        var unused = image.whenComplete((drawn, failure) -> {
            if (failure != null) {
                known.remove(model);
            }
        });
        return image;
    }
}
