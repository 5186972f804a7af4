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
 * @param spent what the training has used so far; nothing that is trained or tested depends on it
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier on the way into the store; never compared.
record Snapshot(int step, byte[] state, Optional<Best> best, Spent spent) {
    /** Of the encoding; a state of another one is of no training here. */
    static final int FORMAT = 0x53594e32;

    /** A Java array has no room for more. */
    private static final long LARGEST = Integer.MAX_VALUE - 8;

    private static final int SPENT_BYTES = 4 * Double.BYTES;

    /**
     * An epoch that is tested unless a better one comes.
     *
     * @param epoch 1..
     * @param value the task's metric on the validation images
     * @param state of the network
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Best(int epoch, double value, byte[] state) {}

    /** @throws UnusableDataException when it is larger than an array can be */
    byte[] encode() {
        long bestBytes = best.map(b -> 2L * Integer.BYTES + Double.BYTES + b.state().length)
                .orElse((long) Integer.BYTES);
        ByteBuffer bytes = ByteBuffer.allocate(size(3L * Integer.BYTES + SPENT_BYTES + state.length + bestBytes));
        bytes.putInt(FORMAT).putInt(step);
        bytes.putDouble(spent.seconds()).putDouble(spent.waited());
        bytes.putDouble(spent.cpu()).putDouble(spent.gpu());
        bytes.putInt(state.length).put(state);
        if (best.isPresent()) {
            bytes.putInt(best.get().epoch()).putDouble(best.get().value());
            bytes.putInt(best.get().state().length).put(best.get().state());
        } else {
            bytes.putInt(0);
        }
        return bytes.array();
    }

    static int size(long bytes) {
        if (bytes > LARGEST) {
            throw new UnusableDataException(
                    "checkpoint: expected at most %d bytes, found %d; a narrower network has a smaller one"
                            .formatted(LARGEST, bytes));
        }
        return (int) bytes;
    }

    /** @throws UnusableDataException when it is none */
    static Snapshot decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        try {
            if (bytes.getInt() == FORMAT) {
                int step = bytes.getInt();
                Spent spent = new Spent(bytes.getDouble(), bytes.getDouble(), bytes.getDouble(), bytes.getDouble());
                byte[] state = block(bytes);
                int epoch = bytes.getInt();
                return new Snapshot(
                        step,
                        state,
                        epoch == 0 ? Optional.empty() : Optional.of(new Best(epoch, bytes.getDouble(), block(bytes))),
                        spent);
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
