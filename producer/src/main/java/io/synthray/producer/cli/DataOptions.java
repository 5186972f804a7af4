package io.synthray.producer.cli;

import io.synthray.imaging.reader.DatasetKind;
import io.synthray.imaging.reader.DatasetOptions;
import io.synthray.imaging.reader.DatasetSource;
import io.synthray.imaging.reader.Datasets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which data set, and how it is read. */
final class DataOptions {
    @Parameters(
            paramLabel = "PATH",
            description = "A folder as downloaded, an .npz file, or a label file alone (describe and preview).")
    private Path path;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "folder, chexpert, candid-ptx, siim-acr, rsna-pneumonia, jsrt, medmnist or table (default: recognised by"
                            + " its files).")
    private String kind;

    @Option(
            names = {"-o", "--option"},
            paramLabel = "NAME=VALUE",
            description = "How it is read, as often as needed; docs/datasets.md lists the options of each kind.")
    private Map<String, String> options = new LinkedHashMap<>();

    /** @throws CommandException when nothing is there or its kind is not known */
    DatasetSource source() {
        if (!Files.exists(path)) {
            throw new CommandException(path + ": expected a data set, found nothing");
        }
        Path absolute = path.toAbsolutePath().normalize();
        return new DatasetSource(kind(absolute), absolute, DatasetOptions.of(options));
    }

    private DatasetKind kind(Path absolute) {
        String words =
                Arrays.stream(DatasetKind.values()).map(DatasetKind::word).collect(Collectors.joining(", "));
        if (kind != null) {
            return DatasetKind.ofWord(kind)
                    .orElseThrow(
                            () -> new CommandException("--kind: expected one of " + words + ", found '" + kind + "'"));
        }
        return Datasets.recognise(absolute)
                .orElseThrow(() -> new CommandException(path
                        + ": expected files of a data set that is known, found others; --kind names one of " + words));
    }
}
