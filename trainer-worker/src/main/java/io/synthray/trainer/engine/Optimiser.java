package io.synthray.trainer.engine;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Changes weights by their gradients. */
interface Optimiser {
    /** One step; the caller has tracking of gradients switched off. */
    void step(FlatWeights weights, double learningRate);

    /** What the next step depends on beside weights and gradients, by name; the tensors themselves. */
    Map<String, Tensor> memory();
}
