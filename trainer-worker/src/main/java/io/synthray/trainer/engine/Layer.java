package io.synthray.trainer.engine;

import org.bytedeco.pytorch.Tensor;

/** A part of a network. */
interface Layer {
    /**
     * Applies the layer.
     *
     * @param input batch x channels x height x width
     * @param training true during a training step, where normalisation uses the batch's own statistics
     */
    Tensor forward(Tensor input, boolean training);
}
