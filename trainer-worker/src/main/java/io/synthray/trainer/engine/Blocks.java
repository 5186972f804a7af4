package io.synthray.trainer.engine;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** Blocks of 2 x 2 pixels as channels of an image of half the side, and back (pixel shuffle, Shi et al., arXiv 1609.05158). */
final class Blocks {
    /** Pixels in a block. */
    static final int PIXELS = 4;

    private static final int SIDE = 2;

    private Blocks() {}

    /** Batch x C x H x W to batch x 4C x H/2 x W/2, in memory with channels last. */
    static Tensor toChannels(Tensor images) {
        return torch.pixel_unshuffle(images, SIDE).contiguous(MemoryFormat.ChannelsLast);
    }

    /** Batch x 4C x H x W to batch x C x 2H x 2W. */
    static Tensor toPixels(Tensor blocks) {
        return torch.pixel_shuffle(blocks, SIDE);
    }
}
