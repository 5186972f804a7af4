package io.synthray.trainer.engine;

import org.bytedeco.pytorch.global.torch;

/**
 * While it is open, convolutions and matrix products of this thread run in bfloat16 on the GPU, and what needs the range or the digits in 32 bits, as PyTorch's
 * autocast decides. Gradients need no scaling, since bfloat16 has the exponents of 32-bit floats.
 */
final class MixedPrecision implements AutoCloseable {
    private final boolean on;

    private MixedPrecision(boolean on) {
        this.on = on;
        if (on) {
            torch.set_autocast_dtype(torch.DeviceType.CUDA, torch.ScalarType.BFloat16);
            torch.set_autocast_enabled(torch.DeviceType.CUDA, true);
        }
    }

    /** Opens it, or does nothing. */
    static MixedPrecision open(boolean on) {
        return new MixedPrecision(on);
    }

    @Override
    public void close() {
        if (on) {
            torch.set_autocast_enabled(torch.DeviceType.CUDA, false);
            // Copies of weights that the next step changes.
            torch.clear_cache();
        }
    }
}
