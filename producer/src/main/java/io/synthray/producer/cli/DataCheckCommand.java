package io.synthray.producer.cli;

import io.synthray.imaging.dataset.Audit;
import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.reader.DatasetSource;
import io.synthray.imaging.reader.Datasets;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads every file of a data set. */
@Command(
        name = "check",
        description =
                "Reads every image and mask and lists what is wrong: damaged, washed out, identical. Slow for a big data set.",
        mixinStandardHelpOptions = true)
final class DataCheckCommand implements Callable<Integer> {
    @Mixin
    private DataOptions data;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /**
     * What was found.
     *
     * @param cases cases whose files were read
     * @param problems errors and warnings in their order
     * @param identical keys of cases whose pixels are equal
     * @param warnings what every report will say
     */
    record Checked(int cases, List<DatasetProblem> problems, List<List<String>> identical, List<String> warnings) {}

    @Override
    public Integer call() {
        DatasetSource source = data.source();
        Dataset opened = Datasets.open(source);
        Audit audit = opened.audit();
        Dataset dataset = opened.apart(audit.identical());
        Checked checked = new Checked(opened.cases().size(), audit.problems(), audit.identical(), dataset.warnings());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(DataDescribeCommand.json(checked));
        } else {
            DataDescribeCommand.problems(checked.problems(), out);
            checked.warnings().forEach(warning -> out.println("warning: " + warning));
            out.println("%,d cases read, %,d problems, %,d pictures that several cases have"
                    .formatted(
                            checked.cases(),
                            checked.problems().size(),
                            checked.identical().size()));
        }
        boolean errors = audit.problems().stream().anyMatch(p -> p.severity() == DatasetProblem.Severity.ERROR);
        return errors ? ExitCode.FAILURE : ExitCode.OK;
    }
}
