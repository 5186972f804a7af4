package io.synthray.trainer.engine;

import java.util.Collection;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * All trained tensors in one row of memory, and their gradients in another, so that an optimiser's step is a handful of operations however many tensors
 * there are. The tensors themselves become views.
 */
final class FlatWeights {
    /** Every tensor begins at a multiple of 64 bytes, as convolutions like it. What lies between is 0 and stays so. */
    private static final int ALIGNMENT = 16;

    private final Tensor values;
    private final Tensor gradients;

    /** Moves the tensors into the row; who holds them need not know. */
    FlatWeights(Collection<Tensor> tensors, Placement placement) {
        long size = tensors.stream().mapToLong(FlatWeights::room).sum();
        values = placement.of(torch.zeros(size));
        gradients = placement.of(torch.zeros(size));
        try (NoGradGuard untracked = new NoGradGuard()) {
            long offset = 0;
            for (Tensor tensor : tensors) {
                Tensor view = view(values, offset, tensor);
                view.copy_(tensor);
                tensor.set_data(view);
                tensor.mutable_grad().put(view(gradients, offset, tensor));
                offset += room(tensor);
            }
        }
    }

    private static long room(Tensor tensor) {
        return (tensor.numel() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static Tensor view(Tensor row, long offset, Tensor like) {
        Tensor part = row.narrow(0, offset, like.numel());
        long[] shape = like.shape();
        // Kernels lie in memory with their channels last.
        return shape.length == 4
                ? part.view(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2)
                : part.view(shape);
    }

    /** One number for each trained weight. */
    Tensor values() {
        return values;
    }

    /** What a backward pass adds to. */
    Tensor gradients() {
        return gradients;
    }
}
