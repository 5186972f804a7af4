package io.synthray.local.cli;

import io.synthray.event.TrialRequest;
import io.synthray.local.platform.Distribution;
import io.synthray.local.platform.Foreground;
import io.synthray.local.platform.Programs;
import io.synthray.producer.plan.PlannedTrial;
import io.synthray.producer.study.StudyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains and tests one trial of a study file, with nothing else running. */
@Command(
        name = "train",
        description = {
            "Trains and tests one trial of a study file in a process of its own, without broker, registry or store, and prints the",
            "metrics that its event would have: bit for bit those of a worker on this machine with as many threads."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    private static final int LEAST_HEAP = 64;

    @Parameters(paramLabel = "FILE", description = "Study file (YAML).")
    private Path file;

    @Option(
            names = "--arm",
            paramLabel = "NAME",
            description = "Arm of the study (may be left out where there is one only).")
    private Optional<String> arm;

    @Option(
            names = "--repeat",
            defaultValue = "1",
            paramLabel = "N",
            description = "Repeat of the study (default: ${DEFAULT-VALUE}).")
    private int repeat;

    @Option(
            names = "--synthetic",
            paramLabel = "DIR",
            description =
                    "Synthetic images of the arm, since none are made here: images/, masks/, index.csv; its train cases count.")
    private Optional<Path> synthetic;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Keep checkpoint, network.safetensors, predictions.csv and result.json there."
                    + " An interrupted training goes on after its last epoch.")
    private Optional<Path> out;

    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            description = "Threads of a step (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--heap",
            defaultValue = "1024",
            paramLabel = "MIB",
            description = "Largest Java heap, in which the decoded images lie (default: ${DEFAULT-VALUE}).")
    private int heap;

    @Option(names = "--json", description = "Print the result as JSON; progress goes to standard error.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        atLeast("--threads", threads, 1);
        atLeast("--heap", heap, LEAST_HEAP);
        TrialRequest trial = PlannedTrial.of(StudyFile.read(file), arm, repeat, synthetic);
        Path request = Files.createTempFile("trial-", ".avro");
        try {
            try (FileChannel channel = FileChannel.open(request, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = trial.toByteBuffer();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            Distribution distribution = Distribution.current();
            return Foreground.run(new Programs(distribution).training(heap, arguments(request)), distribution);
        } finally {
            Files.deleteIfExists(request);
        }
    }

    private List<String> arguments(Path request) {
        List<String> arguments =
                new ArrayList<>(List.of("--request=" + request, "--synthray=" + version(), "--threads=" + threads));
        synthetic.ifPresent(folder -> arguments.add("--synthetic=" + folder.toAbsolutePath()));
        out.ifPresent(folder -> arguments.add("--out=" + folder.toAbsolutePath()));
        if (json) {
            arguments.add("--json");
        }
        return arguments;
    }

    private String version() {
        return spec.root().version()[0].replaceFirst("^synthray ", "");
    }

    private void atLeast(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(
                    spec.commandLine(), "%s: expected %d or more, found %d".formatted(option, least, value));
        }
    }
}
