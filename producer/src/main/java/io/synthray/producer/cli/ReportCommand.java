package io.synthray.producer.cli;

import io.synthray.producer.report.HtmlReport;
import io.synthray.producer.report.ResultsJson;
import io.synthray.producer.report.ResultsReader;
import io.synthray.producer.report.StatisticsTable;
import io.synthray.producer.report.StudyResults;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a study's statistics and writes its report. */
@Command(
        name = "report",
        description = "Prints a study's statistics as they stand, and writes a page with pictures.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "STUDY", description = "Id of a study that has been submitted.")
    private String study;

    @Mixin
    private PlatformOptions options;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a self-contained HTML page.")
    private Path html;

    @Option(names = "--json", description = "Print JSON instead of the table.")
    private boolean json;

    @Option(
            names = "--no-real-pictures",
            description = "Leave real radiographs out of the page, where the dataset must not be shown.")
    private boolean noRealPictures;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        StudyResults results = new ResultsReader(options.platform()).read(study);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ResultsJson.of(results));
        } else {
            out.println("Study %s: %s, %s"
                    .formatted(
                            study,
                            results.study().getPlan().getTitle(),
                            results.phase().name().toLowerCase(Locale.ROOT)));
            StatisticsTable.lines(results).forEach(out::println);
        }
        if (html != null) {
            HtmlReport report = noRealPictures ? HtmlReport.withoutRealPictures() : HtmlReport.withRealPictures();
            report.write(results, html);
            spec.commandLine().getErr().println("report written to " + html);
        }
        return ExitCode.OK;
    }
}
