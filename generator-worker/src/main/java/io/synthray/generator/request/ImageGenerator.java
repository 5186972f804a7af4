package io.synthray.generator.request;

import io.micrometer.core.instrument.Timer;
import io.synthray.event.GenerationRequest;
import io.synthray.event.OutcomeStatus;
import io.synthray.generator.admission.Admission;
import io.synthray.generator.admission.Permit;
import io.synthray.generator.control.StoppedArms;
import io.synthray.generator.lease.Delivery;
import io.synthray.generator.lease.Disposition;
import io.synthray.generator.lease.RequestHandler;
import io.synthray.generator.retry.Claim;
import io.synthray.generator.retry.GivenUpException;
import io.synthray.generator.retry.Retrying;
import io.synthray.imaging.random.Gaussian;
import io.synthray.imaging.store.ImageStore;
import io.synthray.imaging.store.StoredObject;
import io.synthray.inference.client.Chain;
import io.synthray.inference.client.InferenceRejectedException;
import io.synthray.inference.client.InferenceUnavailableException;
import io.synthray.inference.client.ModelRef;
import io.synthray.inference.sampler.SampleRequest;
import io.synthray.inference.sampler.SampledImage;
import io.synthray.inference.sampler.SamplerModel;
import io.synthray.schemas.id.RequestId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Makes the image that a request asks for: sample, file in the store, event at the broker, in this order, each step repeated
 * while its failure may pass. A request that makes no image ends in an outcome, a record that is no request in a dead
 * letter.
 */
public final class ImageGenerator implements RequestHandler {
    private static final Logger LOG = Logger.getLogger(ImageGenerator.class);
    private static final String PNG = "png";
    private static final int LONGEST_ERROR = 1000;

    private final RequestReader reader;
    private final Samplers samplers;
    private final Embedders embedders;
    private final Admission admission;
    private final StoppedArms stoppedArms;
    private final ImageStore store;
    private final EventPublisher publisher;
    private final Events events;
    private final Dependencies dependencies;
    private final Retrying retrying;
    private final Executor executor;
    private final GeneratorMetrics metrics;

    /**
     * @param events writes what is told
     * @param dependencies are told how the servers do
     * @param executor runs what computes or blocks
     */
    public ImageGenerator(
            Servers servers,
            Events events,
            Dependencies dependencies,
            Admission admission,
            StoppedArms stoppedArms,
            Retrying retrying,
            Executor executor,
            GeneratorMetrics metrics) {
        this.reader = new RequestReader(servers.decoder());
        this.samplers = new Samplers(servers.inference());
        this.embedders = new Embedders(servers.inference(), servers.embedder(), metrics);
        this.store = servers.store();
        this.publisher = new EventPublisher(servers.producer());
        this.events = events;
        this.dependencies = dependencies;
        this.admission = admission;
        this.stoppedArms = stoppedArms;
        this.retrying = retrying;
        this.executor = executor;
        this.metrics = metrics;
    }

    private record Sampled(SampledImage image, String server, Optional<Features> features) {
        Sampled with(Optional<Features> found) {
            return new Sampled(image, server, found);
        }
    }

    @Override
    public CompletableFuture<Disposition> handle(Delivery delivery, Claim claim) {
        CompletableFuture<List<ProducerRecord<String, SpecificRecord>>> said = Chain.then(
                retrying.answer(
                        claim,
                        dependencies.registry(),
                        () -> CompletableFuture.completedFuture(reader.read(delivery.record()))),
                request -> imageOrOutcome(delivery, request, claim));
        CompletableFuture<Disposition> end = Chain.then(
                rescued(said, failure -> deadLetter(delivery, failure)),
                records -> Chain.map(
                        retrying.answer(claim, dependencies.broker(), () -> publisher.publish(records)),
                        acknowledged -> Disposition.ACCEPT));
        return rescued(end, failure -> release(delivery, failure));
    }

    private CompletableFuture<List<ProducerRecord<String, SpecificRecord>>> imageOrOutcome(
            Delivery delivery, GenerationRequest request, Claim claim) {
        CompletableFuture<List<ProducerRecord<String, SpecificRecord>>> image = CompletableFuture.completedFuture(
                        request)
                .thenApply(asked -> Conditioning.of(asked.getMask()))
                .thenCompose(conditioning -> Chain.then(
                        Chain.then(sample(request, conditioning, claim), sampled -> embedded(sampled, claim)),
                        sampled -> stored(delivery, request, conditioning, sampled, claim)));
        return rescued(image, failure -> List.of(outcome(delivery, request, failure)));
    }

    private CompletableFuture<Sampled> sample(GenerationRequest request, Conditioning conditioning, Claim claim) {
        ModelRef model = new ModelRef(request.getModel(), request.getModelVersion());
        return retrying.answer(claim, dependencies.inference(), () -> {
            requireWanted(request);
            return Chain.then(
                    samplers.get(model),
                    known -> Chain.then(
                            claim.guard(admission.enter(request.getStudy())),
                            permit -> sampled(permit, model, known, request, conditioning, claim)));
        });
    }

    /**
     * Asks for the sample. What comes back is handed to one thread of the executor, which gives back the permit, and so begins the sample
     * whose turn is next, before it stores this one: each thread more that must wake costs as much as the work.
     */
    private CompletableFuture<Sampled> sampled(
            Permit permit,
            ModelRef model,
            Samplers.Known known,
            GenerationRequest request,
            Conditioning conditioning,
            Claim claim) {
        Timer.Sample begun = metrics.begin();
        CompletableFuture<SampledImage> image;
        try {
            claim.require();
            requireWanted(request);
            image = Chain.handOver(
                    samplers.sample(model, known, inputs(known.sampler().model(), request, conditioning)), executor);
        } catch (RuntimeException e) {
            // Not on this thread: where a whole arm is stopped, each sample would end within the one before it.
            executor.execute(permit::unused);
            throw e;
        }
        var unused = image.whenComplete((sample, failure) -> {
            if (failure instanceof InferenceUnavailableException) {
                permit.refused();
            } else if (failure != null) {
                permit.unused();
            }
        });
        return Chain.map(image, sample -> {
            metrics.sampled(begun);
            permit.sampled();
            return new Sampled(sample, known.server(), Optional.empty());
        });
    }

    private CompletableFuture<Sampled> embedded(Sampled sampled, Claim claim) {
        if (!embedders.areWanted()) {
            return CompletableFuture.completedFuture(sampled);
        }
        return Chain.map(
                Chain.handOver(
                        retrying.answer(claim, dependencies.inference(), () -> embedders.of(sampled.image())),
                        executor),
                sampled::with);
    }

    private static SampleRequest inputs(SamplerModel model, GenerationRequest request, Conditioning conditioning) {
        return new SampleRequest(
                Gaussian.noise(request.getSeed(), model.noiseLength()),
                request.getPrompt(),
                request.getNegativePrompt(),
                conditioning.tensor(model),
                request.getTextGuidance(),
                request.getMaskGuidance());
    }

    private CompletableFuture<List<ProducerRecord<String, SpecificRecord>>> stored(
            Delivery delivery, GenerationRequest request, Conditioning conditioning, Sampled sampled, Claim claim) {
        return retrying.answer(claim, dependencies.store(), () -> {
            StoredObject image = store.put(ImageFile.encode(sampled.image(), request), PNG);
            Optional<StoredObject> mask = conditioning.file().map(file -> store.put(file, PNG));
            metrics.imageMade();
            LOG.debugf(
                    "study=%s arm=%s request=%s image=%s",
                    request.getStudy(), request.getArm(), request.getRequest(), image.sha256());
            return CompletableFuture.completedFuture(List.of(events.imageMade(
                    delivery, request, sampled.image(), sampled.server(), sampled.features(), image, mask)));
        });
    }

    private void requireWanted(GenerationRequest request) {
        stoppedArms.stop(request.getStudy(), request.getArm()).ifPresent(word -> {
            throw new ArmStoppedException(word);
        });
    }

    /** The outcome of a request that makes no image; a request that was given up has none yet. */
    private ProducerRecord<String, SpecificRecord> outcome(
            Delivery delivery, GenerationRequest request, RuntimeException failure) {
        if (failure instanceof GivenUpException) {
            throw failure;
        }
        boolean stopped = failure instanceof ArmStoppedException;
        boolean expected =
                stopped || failure instanceof InferenceRejectedException || failure instanceof UnusableRequestException;
        OutcomeStatus status = stopped ? OutcomeStatus.SKIPPED : OutcomeStatus.FAILED;
        String error = oneLine(failure);
        LOG.logf(
                expected ? Logger.Level.INFO : Logger.Level.ERROR,
                expected ? null : failure,
                "study=%s arm=%s request=%s outcome=%s %s",
                request.getStudy(),
                request.getArm(),
                request.getRequest(),
                status,
                error);
        metrics.outcome(status);
        return events.outcome(delivery, RequestId.parse(request.getRequest()), status, error);
    }

    private List<ProducerRecord<String, SpecificRecord>> deadLetter(Delivery delivery, RuntimeException failure) {
        if (!(failure instanceof UnreadableRequestException)) {
            throw failure;
        }
        LOG.warnf("record=%s is no request, dead letter: %s", delivery.position(), failure.getMessage());
        metrics.deadLetter();
        return events.unreadable(delivery, oneLine(failure));
    }

    private static Disposition release(Delivery delivery, RuntimeException failure) {
        if (!(failure instanceof GivenUpException)) {
            LOG.errorf(failure, "record=%s is released after a fault", delivery.position());
        }
        return Disposition.RELEASE;
    }

    private static String oneLine(RuntimeException failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String line = text.lines().findFirst().orElse(text);
        return line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR);
    }

    /**
     * The future with another value in place of a failure; the rescue may throw the failure on. It is called on the executor, as a
     * failure comes on whatever thread noticed it, and what follows may block.
     */
    private <T> CompletableFuture<T> rescued(CompletableFuture<T> future, Function<RuntimeException, T> rescue) {
        return future.exceptionallyAsync(
                failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof RuntimeException fault) {
                        return rescue.apply(fault);
                    }
                    throw new CompletionException(cause);
                },
                executor);
    }
}
