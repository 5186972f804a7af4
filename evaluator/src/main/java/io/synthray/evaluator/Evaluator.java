package io.synthray.evaluator;

import io.quarkus.runtime.Quarkus;
import io.synthray.evaluator.health.Vitals;
import io.synthray.evaluator.reconcile.GroupReader;
import io.synthray.evaluator.reconcile.GroupWatch;
import io.synthray.evaluator.reconcile.TopicArchive;
import io.synthray.evaluator.topology.EvaluatorTopology;
import io.synthray.evaluator.topology.PatientDecoding;
import io.synthray.evaluator.topology.RegistryDecoding;
import io.synthray.schemas.serde.EventSerdes;
import io.synthray.schemas.topic.KafkaSettings;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.service.Service;
import io.synthray.service.StartupException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.jboss.logging.Logger;

/** Puts the evaluator together, starts it when everything that it needs is right, and ends it in order. */
@Singleton
class Evaluator implements Service {
    private static final Logger LOG = Logger.getLogger(Evaluator.class);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final int REGISTRY_ATTEMPTS = 240;
    private static final Duration REGISTRY_PAUSE = Duration.ofSeconds(1);

    private final EvaluatorConfig config;
    private final Vitals vitals;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    Evaluator(EvaluatorConfig config, Vitals vitals) {
        this.config = config;
        this.vitals = vitals;
    }

    @Override
    public void start() {
        Settings settings = Settings.of(config);
        try {
            settings.installation().require(TopicCatalogue.ALL);
            start(settings);
        } catch (KafkaException e) {
            throw new StartupException(
                    "the broker at " + settings.installation().kafka().bootstrapServers() + ": " + innermost(e));
        }
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    private void start(Settings settings) {
        KafkaSettings kafka = settings.installation().kafka();
        EventSerdes serdes = new EventSerdes(settings.installation().registry());
        RegistryDecoding decoding = opened(new RegistryDecoding(serdes, kafka.names()));
        Admin admin = opened(Admin.create(kafka.client(Map.of())));
        GroupReader reader = new GroupReader(
                admin,
                kafka.names(),
                settings.applicationId(),
                settings.topology().partitions());
        GroupWatch watch =
                opened(new GroupWatch(reader, settings.evaluator().reconciler().interval()));
        TopicArchive archive = opened(new TopicArchive(kafka));
        Topology topology = EvaluatorTopology.of(
                kafka.names(),
                settings.topology(),
                new EvaluatorTopology.Surroundings(
                        new PatientDecoding(decoding, REGISTRY_ATTEMPTS, REGISTRY_PAUSE),
                        serdes.serializer(),
                        watch::passedBy,
                        archive));
        KafkaStreams streams = new KafkaStreams(topology, StreamsSettings.of(settings));
        streams.setUncaughtExceptionHandler(new FailureHandler());
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
                Quarkus.asyncExit(1);
            }
        });
        vitals.starting(streams::state, watch::backlog);
        open.push(() -> streams.close(CLOSE));
        streams.start();
        watch.start();
        LOG.infof(
                "evaluator=%s application=%s broker=%s registry=%s state=%s",
                settings.topology().name(),
                settings.applicationId(),
                kafka.bootstrapServers(),
                settings.installation().registry().url(),
                settings.evaluator().stateDir());
    }

    /** Whether the stream has ended by an error. */
    @Override
    public boolean hasFailed() {
        return vitals.state() == KafkaStreams.State.ERROR;
    }

    @Override
    public void stop() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warnf("while stopping: %s", e.toString());
            }
        }
    }

    private <C extends AutoCloseable> C opened(C part) {
        open.push(part);
        return part;
    }
}
