package io.synthray.producer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends everything that libraries log to a file: a terminal is for answers. */
final class LogFile {
    private static final int LARGEST = 5_000_000;

    private LogFile() {}

    /** Opens the log file for the process. Where it cannot be written, logs are dropped rather than printed. */
    static void open(Path file) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.INFO);
        try {
            Path absolute = file.toAbsolutePath();
            Files.createDirectories(absolute.getParent());
            Handler handler = new FileHandler(pattern(absolute), LARGEST, 1, true);
            handler.setFormatter(new SimpleFormatter());
            handler.setEncoding("UTF-8");
            root.addHandler(handler);
        } catch (IOException e) {
            root.setLevel(Level.OFF);
        }
    }

    /** In a handler's pattern a percent sign begins a variable. */
    private static String pattern(Path file) {
        return file.toString().replace("%", "%%");
    }
}
