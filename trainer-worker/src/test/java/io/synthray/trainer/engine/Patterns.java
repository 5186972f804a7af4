package io.synthray.trainer.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Numbers that the Python of the reference values makes, too. */
final class Patterns {
    private Patterns() {}

    /** Numbers of -1..1, as {@code pattern} of reference_networks.py. */
    static float[] hashed(int count, int stream) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            int x = i * (int) 2654435761L + stream * 40503 + 1;
            x ^= x >>> 16;
            x *= 0x85EBCA6B;
            x ^= x >>> 13;
            x *= 0xC2B2AE35;
            x ^= x >>> 16;
            numbers[i] = (x >>> 8) / (float) (1 << 23) - 1;
        }
        return numbers;
    }

    /** The trained tensors of a network by name, in their order. */
    static Map<String, NamedTensor> trained(TrainableNetwork network) {
        Map<String, NamedTensor> trained = new LinkedHashMap<>();
        Safetensors.read(network.state()).forEach((name, tensor) -> {
            if (!name.matches(".*\\.(running_mean|running_var|num_batches_tracked)|optimiser\\..*|average\\..*")) {
                trained.put(name, tensor);
            }
        });
        return trained;
    }

    /** Replaces every trained tensor by what its number in their order and its shape give. */
    static void setWeights(TrainableNetwork network, BiFunction<Integer, NamedTensor, float[]> values) {
        Map<String, NamedTensor> replaced = new LinkedHashMap<>();
        trained(network)
                .forEach((name, tensor) ->
                        replaced.put(name, new NamedTensor(tensor.shape(), values.apply(replaced.size(), tensor))));
        network.begin(Safetensors.write(replaced));
    }
}
