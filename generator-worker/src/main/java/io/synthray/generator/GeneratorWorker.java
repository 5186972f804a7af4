package io.synthray.generator;

import io.micrometer.core.instrument.MeterRegistry;
import io.synthray.generator.admission.Admission;
import io.synthray.generator.admission.LimitController;
import io.synthray.generator.control.StoppedArms;
import io.synthray.generator.health.Vitals;
import io.synthray.generator.lease.RequestConsumers;
import io.synthray.generator.request.Events;
import io.synthray.generator.request.GeneratorMetrics;
import io.synthray.generator.request.ImageGenerator;
import io.synthray.generator.request.Servers;
import io.synthray.generator.retry.Retrying;
import io.synthray.imaging.store.ImageStore;
import io.synthray.imaging.store.ImageStores;
import io.synthray.imaging.store.StoreException;
import io.synthray.inference.client.GrpcInferenceClient;
import io.synthray.schemas.serde.EventSerdes;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.service.Service;
import io.synthray.service.StartupException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/** Puts the worker together, starts it when everything that it needs is right, and ends it in order. */
@Singleton
class GeneratorWorker implements Service {
    private static final Logger LOG = Logger.getLogger(GeneratorWorker.class);
    private static final Duration CONTROL = Duration.ofSeconds(10);

    private final GeneratorConfig config;
    private final MeterRegistry meters;
    private final Vitals vitals;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    GeneratorWorker(GeneratorConfig config, MeterRegistry meters, Vitals vitals) {
        this.config = config;
        this.meters = meters;
        this.vitals = vitals;
    }

    @Override
    public void start() {
        Settings settings = Settings.of(config);
        try {
            start(settings);
        } catch (StoreException | IllegalArgumentException | TimeoutException e) {
            throw new StartupException(e.getMessage());
        } catch (KafkaException e) {
            throw new StartupException(
                    "the broker at " + settings.installation().kafka().bootstrapServers() + ": " + e.getMessage());
        }
    }

    private void start(Settings settings) throws TimeoutException {
        KafkaSettings kafka = settings.installation().kafka();
        String worker = settings.installation().worker();
        ImageStore store = ImageStores.open(settings.store());
        settings.installation()
                .require(List.of(
                        TopicCatalogue.GENERATION_REQUESTS,
                        TopicCatalogue.IMAGES,
                        TopicCatalogue.GENERATION_OUTCOMES,
                        TopicCatalogue.DEAD_LETTERS));

        EventSerdes serdes = new EventSerdes(settings.installation().registry());
        StoppedArms stoppedArms = opened(stoppedArms(kafka, serdes));
        stoppedArms.start(CONTROL);
        GrpcInferenceClient inference = opened(new GrpcInferenceClient(settings.inference()));
        Producer<String, SpecificRecord> producer = opened(producer(kafka, worker, serdes));
        ExecutorService executor = Executors.newFixedThreadPool(settings.threads());
        open.push(executor::shutdownNow);
        Admission admission = new Admission(new LimitController(settings.inFlight()), System::nanoTime);
        ImageGenerator generator = new ImageGenerator(
                new Servers(
                        opened(serdes.decoder(TopicCatalogue.GENERATION_REQUESTS, kafka.names())),
                        inference,
                        settings.embedder(),
                        store,
                        producer),
                new Events(kafka.names(), worker),
                vitals.dependencies(),
                admission,
                stoppedArms,
                new Retrying(executor, settings.backoff()),
                executor,
                new GeneratorMetrics(meters, admission));
        RequestConsumers consumers = new RequestConsumers(
                kafka, worker, settings.consumers(), settings.batch(), generator, executor, vitals.pulse());
        consumers.start();
        open.push(() -> consumers.stop(settings.shutdownGrace()));
        vitals.started(opened(Admin.create(kafka.client(Map.of("client.id", worker + "-health")))), inference);
        LOG.infof(
                "worker=%s takes requests: broker=%s registry=%s inference=%s store=%s consumers=%d batch=%d",
                worker,
                kafka.bootstrapServers(),
                settings.installation().registry().url(),
                inference.server(),
                settings.store(),
                settings.consumers(),
                settings.batch());
    }

    private static StoppedArms stoppedArms(KafkaSettings kafka, EventSerdes serdes) {
        return new StoppedArms(
                new KafkaConsumer<>(
                        kafka.client(Map.of(
                                "auto.offset.reset",
                                "earliest",
                                "enable.metrics.push",
                                false,
                                // The broker answers as soon as there is a word. A consumer wakes once in a
                                // heartbeat's interval even where it belongs to no group.
                                "fetch.max.wait.ms",
                                20_000,
                                "heartbeat.interval.ms",
                                20_000)),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                serdes.decoder(TopicCatalogue.CONTROL, kafka.names()),
                kafka.names().of(TopicCatalogue.CONTROL));
    }

    private static Producer<String, SpecificRecord> producer(KafkaSettings kafka, String worker, EventSerdes serdes) {
        return new KafkaProducer<>(
                kafka.client(Map.of(
                        "client.id",
                        worker + "-events",
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        // A server answers a batch at a time, whose images are on disk within about as long: one
                        // request for their events instead of several spares worker and broker.
                        "linger.ms",
                        20,
                        "max.block.ms",
                        10_000,
                        "enable.metrics.push",
                        false)),
                new StringSerializer(),
                serdes.serializer());
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    /** Ends what runs within the grace, returns the rest, closes connections. */
    @Override
    public void stop() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warnf("closing: %s", e.getMessage());
            }
        }
    }
}
