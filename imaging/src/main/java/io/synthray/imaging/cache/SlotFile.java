package io.synthray.imaging.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file of slots of one length, read through a memory map by any number of processes and written by any of them. A slot is a stamp, a checksum and
 * a payload: whoever reads a slot that nobody has finished writing, or that was made of other files, sees a checksum or stamp that does not fit and
 * makes the payload itself. So there is no lock, and a writer that is killed harms nobody. Writing goes through the file, not the map: a full disk is
 * then an error that can be answered.
 */
final class SlotFile implements AutoCloseable {

    private static final int HEAD = 16;
    private static final long LARGEST_SEGMENT = 1L << 30;

    /** Makes the checksum of a slot that was never written, all zeros, one that does not fit. */
    private static final int SALT = 0x53594e54;

    private final FileChannel channel;
    private final List<MappedByteBuffer> segments = new ArrayList<>();
    private final int payload;
    private final int slotsPerSegment;

    private SlotFile(FileChannel channel, int payload, int slotsPerSegment) {
        this.channel = channel;
        this.payload = payload;
        this.slotsPerSegment = slotsPerSegment;
    }

    /**
     * Opens a file of slots, or makes it, empty and without taking room.
     *
     * @param slots number of slots, 1 or more
     * @param payload bytes of a slot's payload
     * @throws CacheException if it cannot be opened or made
     */
    static SlotFile open(Path file, int slots, int payload) {
        long slot = (long) HEAD + payload;
        int slotsPerSegment = (int) Math.max(1, LARGEST_SEGMENT / slot);
        try {
            if (!Files.exists(file)) {
                create(file, slots * slot);
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.size() != slots * slot) {
                channel.close();
                throw new CacheException(
                        "expected a cache of " + slots * slot + " bytes, found another file of its name", null);
            }
            SlotFile opened = new SlotFile(channel, payload, slotsPerSegment);
            long step = slotsPerSegment * slot;
            for (long at = 0; at < slots * slot; at += step) {
                opened.segments.add(channel.map(FileChannel.MapMode.READ_ONLY, at, Math.min(step, slots * slot - at)));
            }
            return opened;
        } catch (IOException e) {
            throw new CacheException("the cache cannot be opened (" + e.getMessage() + ")", e);
        }
    }

    /** Made under a name of its own and then linked, so that no process ever sees a file that is too short. */
    private static void create(Path file, long bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Path own = Files.createTempFile(file.getParent(), "new", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(own, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[1]), bytes - 1);
            }
            Files.createLink(file, own);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster.
        } finally {
            Files.delete(own);
        }
    }

    /** The payload of a slot, if it was written whole and of the same stamp. */
    Optional<ByteBuffer> read(int slot, long stamp) {
        ByteBuffer segment = segments.get(slot / slotsPerSegment).duplicate();
        int at = slot % slotsPerSegment * (HEAD + payload);
        byte[] bytes = new byte[payload];
        segment.get(at + HEAD, bytes);
        boolean fits = segment.getLong(at) == stamp && segment.getLong(at + 8) == word(stamp, bytes);
        return fits ? Optional.of(ByteBuffer.wrap(bytes)) : Optional.empty();
    }

    /**
     * Writes a slot.
     *
     * @throws CacheException if the disk is full or fails
     */
    void write(int slot, long stamp, byte[] bytes) {
        ByteBuffer whole = ByteBuffer.allocate(HEAD + payload);
        whole.putLong(stamp).putLong(word(stamp, bytes)).put(bytes).flip();
        long at = (long) slot * (HEAD + payload);
        try {
            while (whole.hasRemaining()) {
                at += channel.write(whole, at);
            }
        } catch (IOException e) {
            throw new CacheException("the cache cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private static long word(long stamp, byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(8).putLong(0, stamp));
        crc.update(bytes);
        return crc.getValue() << 32 | SALT;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new CacheException("the cache cannot be closed (" + e.getMessage() + ")", e);
        }
    }
}
