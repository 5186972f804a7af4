package io.synthray.evaluator.topology;

import io.synthray.evaluator.event.Position;
import io.synthray.evaluator.event.StudyEvent;
import io.synthray.evaluator.event.StudyEvents;
import io.synthray.evaluator.reconcile.Archive;
import io.synthray.evaluator.reconcile.PassedBy;
import io.synthray.schemas.serde.DeadLetters;
import io.synthray.schemas.topic.Topic;
import io.synthray.schemas.topic.TopicCatalogue;
import io.synthray.schemas.topic.TopicNames;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * The evaluator as a sentence: read every topic's events, gather them by study, evaluate each study, publish what it says; what
 * cannot be read goes to the dead letters.
 */
public final class EvaluatorTopology {
    private final TopicNames names;
    private final Settings settings;
    private final Surroundings surroundings;
    private final StreamsBuilder builder = new StreamsBuilder();

    /**
     * What the topology is told.
     *
     * @param name this evaluator's name, for outcomes and dead letters
     * @param partitions partitions that studies are gathered into; fixed by the first start
     * @param statesInterval how often states of studies are published at most
     * @param reconcileInterval how often unanswered requests are looked through
     * @param maxRounds times that a request is published again before it is given up
     * @param maxRepublished records that are published again at once
     * @param metricTolerance difference of a metric up to which two results of a trial say the same
     */
    public record Settings(
            String name,
            int partitions,
            Duration statesInterval,
            Duration reconcileInterval,
            int maxRounds,
            int maxRepublished,
            double metricTolerance) {}

    /**
     * What the topology talks to.
     *
     * @param decoding reads values
     * @param serializer writes values
     * @param passedBy how far the share groups are done
     * @param archive reads single records back
     */
    public record Surroundings(
            Decoding decoding, Serializer<SpecificRecord> serializer, Supplier<PassedBy> passedBy, Archive archive) {}

    private EvaluatorTopology(TopicNames names, Settings settings, Surroundings surroundings) {
        this.names = names;
        this.settings = settings;
        this.surroundings = surroundings;
    }

    /** Builds the topology. */
    public static Topology of(TopicNames names, Settings settings, Surroundings surroundings) {
        return new EvaluatorTopology(names, settings, surroundings).build();
    }

    private Topology build() {
        builder.addStateStore(CommitHook.builder(Decoder.HOOK));
        KStream<String, Decoded> decoded = read(TopicCatalogue.STUDIES, StudyEvents::planned)
                .merge(read(TopicCatalogue.GENERATION_REQUESTS, StudyEvents::requested))
                .merge(read(TopicCatalogue.IMAGES, StudyEvents::imaged))
                .merge(read(TopicCatalogue.GENERATION_OUTCOMES, StudyEvents::notImaged))
                .merge(read(TopicCatalogue.TRIALS, StudyEvents::trialRequested))
                .merge(read(TopicCatalogue.TRIAL_RESULTS, StudyEvents::trialEnded))
                .merge(read(TopicCatalogue.REFERENCES, StudyEvents::referenced));
        KStream<String, Letter> decisions = evaluate(gatherByStudy(decoded.flatMapValues(Decoded::events)));
        publish("dead-letters", decoded.flatMapValues(Decoded::deadLetters));
        publish("decisions", only(Letter.Event.class, decisions));
        publishAgain("passed-by", only(Letter.Copy.class, decisions));
        return builder.build();
    }

    private <T extends SpecificRecord> KStream<String, Decoded> read(
            Topic<T> topic, BiFunction<T, Position, StudyEvent> reading) {
        DeadLetters deadLetters = new DeadLetters(names, "evaluator");
        return builder.stream(names.of(topic), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .process(
                        () -> new Decoder<>(topic, reading, surroundings.decoding(), deadLetters),
                        Named.as("read-" + topic.name()),
                        Decoder.HOOK);
    }

    private KStream<String, byte[]> gatherByStudy(KStream<String, byte[]> events) {
        return events.repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                .withName("by-study")
                .withNumberOfPartitions(settings.partitions()));
    }

    private KStream<String, Letter> evaluate(KStream<String, byte[]> byStudy) {
        builder.addStateStore(StudyStore.builder());
        return byStudy.process(
                () -> new StudyProcessor(names, settings, surroundings), Named.as("evaluate"), StudyStore.NAME);
    }

    private static <L extends Letter> KStream<String, L> only(Class<L> kind, KStream<String, Letter> letters) {
        return letters.filter((key, letter) -> kind.isInstance(letter)).mapValues(kind::cast);
    }

    private void publish(String stage, KStream<String, Letter.Event> events) {
        events.to(
                (key, event, context) -> names.of(event.topic()),
                Produced.<String, Letter.Event>as(stage)
                        .withKeySerde(Serdes.String())
                        .withValueSerde(writing()));
    }

    private void publishAgain(String stage, KStream<String, Letter.Copy> copies) {
        copies.map((key, copy) -> KeyValue.pair(copy.key(), copy))
                .to(
                        (key, copy, context) -> names.of(copy.topic()),
                        Produced.<byte[], Letter.Copy>as(stage)
                                .withKeySerde(Serdes.ByteArray())
                                .withValueSerde(copying())
                                .withStreamPartitioner((topic, key, copy, partitions) ->
                                        Optional.of(Set.of(copy.from().partition()))));
    }

    private Serde<Letter.Event> writing() {
        Serializer<SpecificRecord> serializer = surroundings.serializer();
        return Serdes.serdeFrom(
                (topic, event) -> serializer.serialize(topic, event.value()), EvaluatorTopology::neverRead);
    }

    private static Serde<Letter.Copy> copying() {
        return Serdes.serdeFrom((topic, copy) -> copy.value(), EvaluatorTopology::neverRead);
    }

    private static <V> V neverRead(String topic, byte[] bytes) {
        throw new UnsupportedOperationException("records of " + topic + " are decoded by their reader");
    }
}
