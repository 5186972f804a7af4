package io.synthray.trainer.trial;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** What this process has used so far, as far as the system tells. */
final class Cost {
    private static final double NANOS = 1e9;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    /** Sets the peak back to what is resident now (proc(5)). */
    private static final String CLEAR_PEAK = "5";

    private Cost() {}

    /** Seconds of processors, all threads; NaN where the system does not tell. */
    static double cpuSeconds() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                && system.getProcessCpuTime() >= 0) {
            return system.getProcessCpuTime() / NANOS;
        }
        return Double.NaN;
    }

    /** Lets the peak of memory begin anew, so that it is a trial's own; where the system does not permit that, it stays the process's so far. */
    static void forgetPeakMemory() {
        try {
            Files.writeString(CLEAR, CLEAR_PEAK, StandardOpenOption.WRITE);
        } catch (IOException e) {
            // Not Linux, or not permitted: a peak that is too high is still an upper bound.
        }
    }

    /** Largest resident memory in bytes since {@link #forgetPeakMemory}, the engine's included; Linux only. */
    static Optional<Long> peakMemoryBytes() {
        if (!Files.isReadable(STATUS)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .map(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
