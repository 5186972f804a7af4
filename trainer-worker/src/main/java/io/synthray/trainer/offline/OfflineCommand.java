package io.synthray.trainer.offline;

import io.synthray.event.TrialRequest;
import io.synthray.event.TrialResult;
import io.synthray.event.TrialStatus;
import io.synthray.trainer.data.SyntheticFolder;
import io.synthray.trainer.data.SyntheticSource;
import io.synthray.trainer.data.UnavailableDataException;
import io.synthray.trainer.data.UnusableDataException;
import io.synthray.trainer.engine.EngineUnavailableException;
import io.synthray.trainer.engine.LibtorchEngine;
import io.synthray.trainer.trial.Checkpoints;
import io.synthray.trainer.trial.RunnerSettings;
import io.synthray.trainer.trial.TrialEvents;
import io.synthray.trainer.trial.TrialOutcome;
import io.synthray.trainer.trial.TrialRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.AvroRuntimeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains one trial, tells how it goes, and prints what came out. */
@Command(name = "train", description = "Trains one trial.")
final class OfflineCommand implements Callable<Integer> {
    private static final String WORKER = "offline";

    @Option(
            names = "--request",
            required = true,
            description = "File with the trial's request: single-object encoding of Avro.")
    private Path request;

    @Option(names = "--synthray", required = true, description = "Version, for the provenance.")
    private String version;

    @Option(names = "--synthetic", description = "Folder with the trial's synthetic images.")
    private Optional<Path> synthetic;

    @Option(names = "--out", description = "Folder for checkpoint, network, predictions and result.")
    private Optional<Path> out;

    @Option(names = "--threads", defaultValue = "1", description = "Threads of a step.")
    private int threads;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            return run(trial());
        } catch (UnusableDataException e) {
            return failed(e.getMessage());
        }
    }

    private int failed(String cause) {
        spec.commandLine().getErr().println("error: " + cause);
        return 1;
    }

    private TrialRequest trial() {
        try {
            return TrialRequest.fromByteBuffer(ByteBuffer.wrap(Files.readAllBytes(request)));
        } catch (IOException | AvroRuntimeException | BufferUnderflowException e) {
            throw new UnusableDataException(
                    "%s: expected a trial's request, found none that can be read (%s)".formatted(request, e), e);
        }
    }

    private int run(TrialRequest trial) {
        PrintWriter progress =
                json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        Optional<TrialFolder> folder = out.map(TrialFolder::new);
        TrialOutcome outcome;
        try {
            outcome = runner(folder).run(trial, new TerminalProgress(progress, trial.getTask(), folder));
        } catch (UnavailableDataException | EngineUnavailableException | IllegalArgumentException e) {
            outcome = new TrialOutcome.Failed(e.getMessage());
        }
        TrialResult result = new TrialEvents(WORKER).result(trial, outcome);
        folder.ifPresent(f -> f.keep(result));
        if (json) {
            spec.commandLine().getOut().println(result);
        } else {
            ResultLines.of(result).forEach(spec.commandLine().getOut()::println);
        }
        if (result.getStatus() != TrialStatus.COMPLETED) {
            return failed(result.getError());
        }
        return 0;
    }

    private TrialRunner runner(Optional<TrialFolder> folder) {
        SyntheticSource images =
                synthetic.<SyntheticSource>map(SyntheticFolder::new).orElse(trial -> List.of());
        return new TrialRunner(
                new LibtorchEngine(threads),
                images,
                folder.<Checkpoints>map(TrialFolder::checkpoints).orElseGet(Checkpoints::none),
                RunnerSettings.plain(version));
    }
}
