package io.synthray.trainer.worker;

import io.synthray.imaging.store.ImageStore;
import io.synthray.imaging.store.ImageStores;
import io.synthray.imaging.store.StoreException;
import io.synthray.schemas.serde.DeadLetters;
import io.synthray.schemas.serde.EventSerdes;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.ShareGroup;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import io.synthray.service.Service;
import io.synthray.service.StartupException;
import io.synthray.trainer.data.SyntheticImages;
import io.synthray.trainer.engine.EngineUnavailableException;
import io.synthray.trainer.engine.LibtorchEngine;
import io.synthray.trainer.trial.RunnerSettings;
import io.synthray.trainer.trial.TrialEvents;
import io.synthray.trainer.trial.TrialRunner;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the worker together, starts it when everything that it needs is right, and ends it in order. */
@Singleton
class TrainerWorker implements Service {
    private static final Logger LOG = Logger.getLogger(TrainerWorker.class);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int RENEWALS_A_LOCK = 3;

    private final TrainerConfig config;
    private final String version;
    private final Pulse pulse;
    private final Patience patience = new Patience();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    TrainerWorker(
            TrainerConfig config, @ConfigProperty(name = "quarkus.application.version") String version, Pulse pulse) {
        this.config = config;
        this.version = version;
        this.pulse = pulse;
    }

    @Override
    public void start() {
        Settings settings = Settings.of(config);
        try {
            start(settings);
        } catch (StoreException | EngineUnavailableException | IllegalArgumentException e) {
            throw new StartupException(e.getMessage(), e);
        } catch (KafkaException e) {
            throw new StartupException(
                    "the broker at %s: %s"
                            .formatted(settings.installation().kafka().bootstrapServers(), e.getMessage()),
                    e);
        }
    }

    private void start(Settings settings) {
        KafkaSettings kafka = settings.installation().kafka();
        String worker = settings.installation().worker();
        TopicNames names = kafka.names();
        ImageStore store = ImageStores.open(settings.store());
        settings.installation()
                .require(List.of(
                        TopicCatalogue.TRIALS,
                        TopicCatalogue.MANIFESTS,
                        TopicCatalogue.TRIAL_PROGRESS,
                        TopicCatalogue.TRIAL_RESULTS,
                        TopicCatalogue.DEAD_LETTERS));
        LibtorchEngine engine = new LibtorchEngine(settings.threads(), settings.device());

        EventSerdes serdes = new EventSerdes(settings.installation().registry());
        Clients clients = new Clients(kafka, worker);
        Producer<String, SpecificRecord> producer = opened(clients.events(serdes.serializer()));
        EventPublisher publisher =
                new EventPublisher(producer, names, new DeadLetters(names, "trainer-worker"), patience);
        StandingWords words = new StandingWords();
        KafkaManifests manifests = new KafkaManifests(
                clients::reader,
                opened(serdes.decoder(TopicCatalogue.MANIFESTS, names)),
                names,
                settings.manifestWait());
        StoredCheckpoints checkpoints = new StoredCheckpoints(
                new KeptStates(clients::reader, opened(serdes.decoder(TopicCatalogue.TRIAL_PROGRESS, names)), names)
                        ::of,
                store,
                settings.checkpoints());
        RunnerSettings runnerSettings =
                new RunnerSettings(version, settings.cache(), Optional.of(store), settings.wattsPerCore());
        TrialHandler handler = new TrialHandler(
                opened(serdes.decoder(TopicCatalogue.TRIALS, names)),
                new TrialRunner(
                        engine, new SyntheticImages(manifests, store, settings.cache()), checkpoints, runnerSettings),
                publisher,
                new TrialEvents(worker),
                words,
                patience,
                checkpoints);
        ControlReader control = new ControlReader(
                clients::reader,
                opened(serdes.decoder(TopicCatalogue.CONTROL, names)),
                publisher,
                words,
                patience,
                names);
        run(control);
        Consumer<ConsumerRecord<byte[], byte[]>> work = record -> {
            control.awaitStandingWords();
            handler.accept(record);
        };
        Duration renewal = ShareGroup.TRAINERS.lock().dividedBy(RENEWALS_A_LOCK);
        run(new TrialLeases(clients::trials, work, executor("training"), renewal, patience, pulse));
        open.push(patience::stop);
        LOG.infof(
                "worker=%s takes trials: broker=%s registry=%s store=%s engine=%s threads=%d",
                worker,
                kafka.bootstrapServers(),
                settings.installation().registry().url(),
                settings.store(),
                engine.name(),
                settings.threads());
    }

    private void run(Runnable loop) {
        executor(loop.getClass().getSimpleName()).execute(loop);
    }

    /** One thread, awaited at the end. */
    private ExecutorService executor(String name) {
        ExecutorService executor = Executors.newSingleThreadExecutor(work -> new Thread(work, name));
        open.push(() -> {
            executor.shutdown();
            if (!executor.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("%s did not end within %d s", name, GRACE.toSeconds());
                executor.shutdownNow();
            }
        });
        return executor;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    /** Ends the training that runs, gives its record back, closes connections. */
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
