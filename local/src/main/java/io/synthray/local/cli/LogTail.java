package io.synthray.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shows what another process appends to a file. */
final class LogTail {
    private final Path log;
    private final PrintWriter out;
    private long shown;

    LogTail(Path log, PrintWriter out) {
        this.log = log;
        this.out = out;
    }

    /** Copies what has come since the last call. */
    void copyNew() throws IOException {
        if (!Files.exists(log)) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(shown);
            byte[] bytes = new byte[(int) Math.min(1 << 16, file.length() - shown)];
            file.readFully(bytes);
            shown += bytes.length;
            out.print(new String(bytes, StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
