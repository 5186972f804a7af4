package io.synthray.trainer.trial;

import io.synthray.trainer.data.UnusableDataException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where a training stands between two epochs. Order and augmentation are functions of the step's number, so that nothing of them is kept.
 *
 * @param step steps done
 * @param state of the network, as its engine gave it
 * @param best the best epoch so far, if one is chosen
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier on the way into the store; never compared.
record Snapshot(int step, byte[] state, Optional<Best> best) {
    private static final int MAGIC = 0x53594e31;

    /**
     * An epoch that is tested unless a better one comes.
     *
     * @param epoch 1..
     * @param value the task's metric on the validation images
     * @param state of the network
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Best(int epoch, double value, byte[] state) {}

    byte[] encode() {
        int bestBytes = best.map(b -> Integer.BYTES + Double.BYTES + Integer.BYTES + b.state().length)
                .orElse(Integer.BYTES);
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(3L * Integer.BYTES + state.length + bestBytes));
        bytes.putInt(MAGIC).putInt(step).putInt(state.length).put(state);
        if (best.isPresent()) {
            bytes.putInt(best.get().epoch()).putDouble(best.get().value());
            bytes.putInt(best.get().state().length).put(best.get().state());
        } else {
            bytes.putInt(0);
        }
        return bytes.array();
    }

    /** @throws UnusableDataException when it is none */
    static Snapshot decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        try {
            if (bytes.getInt() == MAGIC) {
                int step = bytes.getInt();
                byte[] state = block(bytes);
                int epoch = bytes.getInt();
                return new Snapshot(
                        step,
                        state,
                        epoch == 0 ? Optional.empty() : Optional.of(new Best(epoch, bytes.getDouble(), block(bytes))));
            }
        } catch (BufferUnderflowException e) {
            throw new UnusableDataException("checkpoint: expected more than %d bytes".formatted(encoded.length), e);
        }
        throw new UnusableDataException("checkpoint: expected one of a training, found other bytes");
    }

    private static byte[] block(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] block = new byte[length];
        bytes.get(block);
        return block;
    }
}
