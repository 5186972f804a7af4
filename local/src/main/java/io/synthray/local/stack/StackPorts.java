package io.synthray.local.stack;

import io.synthray.local.platform.FreePorts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Ports of 127.0.0.1 that a stack listens on.
 *
 * @param broker Kafka's clients
 * @param controller Kafka itself
 * @param registry schemas, over HTTP
 * @param inference KServe v2, over gRPC
 * @param evaluator health and backlog, over HTTP
 * @param generators health and metrics of each generator worker
 * @param trainers health of each trainer worker
 */
public record StackPorts(
        int broker,
        int controller,
        int registry,
        int inference,
        int evaluator,
        List<Integer> generators,
        List<Integer> trainers) {
    private static final int FIXED = 5;
    private static final int FIRST_GENERATOR = 10;
    private static final int FIRST_TRAINER = 30;
    private static final int LAST = 65_535 - 50;

    /** Copies the lists. */
    public StackPorts {
        generators = List.copyOf(generators);
        trainers = List.copyOf(trainers);
    }

    /** Where clients look for each server unless they are told otherwise. */
    public static StackPorts standard(int generators, int trainers) {
        return new StackPorts(9092, 9093, 8081, 8001, 8093, range(8111, generators), range(8131, trainers));
    }

    /**
     * Ports in a row of 50.
     *
     * @param base 1024 to 65485
     * @throws IllegalArgumentException when it is out of that range
     */
    public static StackPorts from(int base, int generators, int trainers) {
        if (base < 1024 || base > LAST) {
            throw new IllegalArgumentException("port %d: expected 1024 to %d".formatted(base, LAST));
        }
        return new StackPorts(
                base,
                base + 1,
                base + 2,
                base + 3,
                base + 4,
                range(base + FIRST_GENERATOR, generators),
                range(base + FIRST_TRAINER, trainers));
    }

    /** Ports that nobody uses at present. */
    public static StackPorts free(int generators, int trainers) {
        List<Integer> ports = FreePorts.take(FIXED + generators + trainers);
        return new StackPorts(
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                ports.get(4),
                ports.subList(FIXED, FIXED + generators),
                ports.subList(FIXED + generators, ports.size()));
    }

    /** Every port by the name of the program that listens on it. */
    public Map<String, Integer> byName() {
        Map<String, Integer> all = new LinkedHashMap<>();
        all.put("broker", broker);
        all.put("broker-controller", controller);
        all.put("registry", registry);
        all.put("inference", inference);
        all.put("evaluator", evaluator);
        IntStream.range(0, generators.size()).forEach(i -> all.put("generator-" + (i + 1), generators.get(i)));
        IntStream.range(0, trainers.size()).forEach(i -> all.put("trainer-" + (i + 1), trainers.get(i)));
        return all;
    }

    private static List<Integer> range(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }
}
