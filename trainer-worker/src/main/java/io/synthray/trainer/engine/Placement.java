package io.synthray.trainer.engine;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Where a network's tensors lie. Counters stay on the processor, which reads them at each step.
 *
 * @param device of the network
 */
record Placement(ComputeDevice device) {
    /** A tensor where the network is; the tensor itself where it is there. */
    Tensor of(Tensor tensor) {
        return device == ComputeDevice.CUDA ? tensor.cuda() : tensor;
    }

    /** Moves a module's parameters and buffers. */
    void move(JitModule module) {
        if (device == ComputeDevice.CUDA) {
            module.to(new Device(torch.DeviceType.CUDA));
        }
    }
}
