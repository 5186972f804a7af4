package io.synthray.imaging.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of one length, written once and then read in any order: in memory while they are few, in a mapped file that goes with the process where
 * they are many.
 */
final class UnpackedBytes {

    private static final long MOST_IN_MEMORY = 32L * 1024 * 1024;
    private static final long SEGMENT = 1L << 30;

    private final int recordLength;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private FileChannel channel;
    private final List<ByteBuffer> segments = new ArrayList<>();
    private int recordsPerSegment;

    UnpackedBytes(int recordLength) {
        this.recordLength = recordLength;
    }

    int recordLength() {
        return recordLength;
    }

    void add(byte[] image) throws IOException {
        if (channel == null && memory.size() + (long) recordLength > MOST_IN_MEMORY) {
            Path file = Files.createTempFile("synthray", ".pixels");
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            write(memory.toByteArray());
            memory = null;
        }
        if (channel == null) {
            memory.writeBytes(image);
        } else {
            write(image);
        }
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Makes the records readable; none can be added any more. A mapping outlives its file's name. */
    UnpackedBytes finish() throws IOException {
        recordsPerSegment = Math.max(1, (int) (SEGMENT / recordLength));
        if (channel == null) {
            segments.add(ByteBuffer.wrap(memory.toByteArray()));
            recordsPerSegment = Integer.MAX_VALUE;
            memory = null;
            return this;
        }
        long step = (long) recordsPerSegment * recordLength;
        for (long at = 0; at < channel.size(); at += step) {
            MappedByteBuffer mapped =
                    channel.map(FileChannel.MapMode.READ_ONLY, at, Math.min(step, channel.size() - at));
            segments.add(mapped);
        }
        channel.close();
        return this;
    }

    byte[] get(int index) {
        byte[] image = new byte[recordLength];
        segments.get(index / recordsPerSegment).get(index % recordsPerSegment * recordLength, image);
        return image;
    }
}
