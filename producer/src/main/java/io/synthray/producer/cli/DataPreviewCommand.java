package io.synthray.producer.cli;

import io.synthray.imaging.dataset.CaseKey;
import io.synthray.imaging.dataset.Listing;
import io.synthray.imaging.describe.ContactSheet;
import io.synthray.imaging.image.ImageFormatException;
import io.synthray.imaging.reader.Datasets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws a sheet of a data set's pictures. */
@Command(
        name = "preview",
        description =
                "Draws a sheet of pictures, half of them with findings where there are any, with masks and boxes outlined.",
        mixinStandardHelpOptions = true)
final class DataPreviewCommand implements Callable<Integer> {
    private static final int MOST = 400;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "preview.png",
            description = "PNG file to write (default: preview.png).")
    private Path out;

    @Option(names = "--count", paramLabel = "N", defaultValue = "24", description = "Pictures, 1 to 400 (default: 24).")
    private int count;

    @Option(
            names = "--side",
            paramLabel = "PIXELS",
            defaultValue = "192",
            description = "Sides of a picture, 16 to 1024 (default: 192).")
    private int side;

    @Option(names = "--seed", paramLabel = "SEED", defaultValue = "0", description = "Names the choice (default: 0).")
    private long seed;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** One picture: its case's key, findings and view. */
    record Shown(String key, List<String> findings, String view) {}

    /** The sheet: its file, the structures' colours, the pictures row by row. */
    record Sheet(String file, Map<String, String> colours, List<Shown> pictures) {}

    @Override
    public Integer call() {
        if (count < 1 || count > MOST || side < 16 || side > 1024) {
            throw new CommandException(
                    "expected --count of 1 to 400 and --side of 16 to 1024, found %d and %d".formatted(count, side));
        }
        Listing listing = Datasets.list(data.source());
        PrintWriter print = spec.commandLine().getOut();
        ContactSheet sheet;
        try {
            sheet = ContactSheet.of(listing, count, side, seed);
            sheet.write(out);
        } catch (ImageFormatException e) {
            throw new CommandException(
                    "a picture cannot be drawn: " + e.reason() + "; 'synthray data check' tells which");
        } catch (IOException e) {
            throw new CommandException(out + ": cannot be written (" + e.getMessage() + ")");
        }
        Sheet shown = new Sheet(
                out.toString(),
                ContactSheet.legend(listing),
                sheet.cases().stream()
                        .map(c -> new Shown(CaseKey.of(c.id()), c.labels().present(), c.view()))
                        .toList());
        if (json) {
            print.println(DataDescribeCommand.json(shown));
            return ExitCode.OK;
        }
        print.println(
                "%d pictures in %s, row by row:".formatted(shown.pictures().size(), out));
        shown.pictures()
                .forEach(p -> print.println("  %s  %s  %s"
                        .formatted(
                                p.key(),
                                p.findings().isEmpty() ? "no finding" : String.join(", ", p.findings()),
                                p.view())
                        .stripTrailing()));
        shown.colours().forEach((structure, colour) -> print.println("%s: %s".formatted(colour, structure)));
        return ExitCode.OK;
    }
}
