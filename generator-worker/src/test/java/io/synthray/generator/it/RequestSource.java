package io.synthray.generator.it;

import io.synthray.event.GenerationRequest;
import io.synthray.event.Mask;
import io.synthray.event.MaskStructure;
import io.synthray.schemas.id.ImageSetId;
import io.synthray.schemas.id.RequestId;
import io.synthray.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes the requests of a small or a big study as submit does: in transactions, over the partitions that it is given. */
final class RequestSource implements AutoCloseable {
    private static final int TRANSACTION = 5000;

    private final Addresses addresses;
    private final KafkaProducer<String, GenerationRequest> producer;

    RequestSource(Addresses addresses, String study) {
        this.addresses = addresses;
        this.producer = new KafkaProducer<>(
                addresses
                        .kafka()
                        .client(Map.of(
                                "transactional.id", addresses.kafka().names().prefix() + study, "acks", "all")),
                new StringSerializer(),
                addresses.serdes().serializer(TopicCatalogue.GENERATION_REQUESTS));
        producer.initTransactions();
    }

    /** Requests 0..count-1 over these partitions, in turns. */
    void publish(String study, int count, List<Integer> partitions) {
        publish(study, count, partitions, UnaryOperator.identity());
    }

    void publish(String study, int count, List<Integer> partitions, UnaryOperator<GenerationRequest.Builder> change) {
        for (int begin = 0; begin < count; begin += TRANSACTION) {
            producer.beginTransaction();
            send(study, begin, Math.min(count, begin + TRANSACTION), partitions, change);
            producer.commitTransaction();
        }
    }

    /** Requests 0..count-1 that nobody sees before something has been done. */
    void publishAfter(Runnable something, String study, int count, List<Integer> partitions) {
        producer.beginTransaction();
        send(study, 0, count, partitions, UnaryOperator.identity());
        producer.flush();
        something.run();
        producer.commitTransaction();
    }

    private void send(
            String study,
            int begin,
            int end,
            List<Integer> partitions,
            UnaryOperator<GenerationRequest.Builder> change) {
        String topic = addresses.kafka().names().of(TopicCatalogue.GENERATION_REQUESTS);
        for (int index = begin; index < end; index++) {
            GenerationRequest request = change.apply(request(study, index)).build();
            var unused = producer.send(new ProducerRecord<>(
                    topic, partitions.get(index % partitions.size()), request.getRequest(), request));
        }
    }

    /**
     * Partitions as submit gives them to a small study while a big one has those from 0: any, and none of the big one's.
     *
     * @param seed for others of them
     */
    static List<Integer> partitionsBesideBig(int seed) {
        List<Integer> free =
                new ArrayList<>(IntStream.range(TopicCatalogue.SPREAD, TopicCatalogue.GENERATION_REQUESTS.partitions())
                        .boxed()
                        .toList());
        Collections.shuffle(free, new Random(seed));
        return free.subList(0, TopicCatalogue.WIDE_SPREAD);
    }

    /** Eight neighbouring partitions. */
    static List<Integer> partitionsFrom(int first) {
        return IntStream.range(first, first + TopicCatalogue.SPREAD).boxed().toList();
    }

    private static GenerationRequest.Builder request(String study, int index) {
        ImageSetId set = ImageSetId.shared(study, "synthetic");
        return GenerationRequest.newBuilder()
                .setRequest(new RequestId(set, index).key())
                .setStudy(study)
                .setArm(set.arm())
                .setImageSet(set.imageSet())
                .setIndex(index)
                .setModel("sampler-stub")
                .setModelVersion("1")
                .setSeed(1000L + index)
                .setPrompt("cardiomegaly")
                .setNegativePrompt("")
                .setTextGuidance(1.5f)
                .setMaskGuidance(1f)
                .setMask(null)
                .setLabels(List.of("cardiomegaly"));
    }

    /** A mask of 16 x 16 with the upper half inside of one structure. */
    static Mask mask(String structure) {
        return new Mask(16, 16, List.of(new MaskStructure(structure, List.of(0, 128, 128))));
    }

    @Override
    public void close() {
        producer.close();
    }
}
