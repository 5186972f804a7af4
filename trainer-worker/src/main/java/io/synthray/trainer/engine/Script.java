package io.synthray.trainer.engine;

/**
 * A network of the user's own. It takes images of shape [batch, 1, side, side] as 32-bit floats and gives logits: [batch, classes] or
 * [batch, structures, side, side].
 *
 * @param file a TorchScript file, as {@code torch.jit.script(...).save} writes it; not frozen, so that it can be trained
 * @param keepsWeights whether training begins with the file's weights and statistics; otherwise they are made by the seed
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier between file and engine; never compared.
public record Script(byte[] file, boolean keepsWeights) {}
