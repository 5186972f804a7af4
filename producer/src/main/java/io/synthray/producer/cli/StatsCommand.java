package io.synthray.producer.cli;

import io.synthray.producer.stats.OfflineOutput;
import io.synthray.producer.stats.OfflineSettings;
import io.synthray.producer.stats.OfflineSettings.Resplit;
import io.synthray.producer.stats.OfflineStatistics;
import io.synthray.producer.stats.SimulationReport;
import io.synthray.statistics.Interval;
import io.synthray.statistics.PublishedResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Computes statistics offline, so that a statistician can check them. */
@Command(
        name = "stats",
        description = {
            "Computes the statistics of measurements in a file, what a published result implies,",
            "or how often the tests err in simulated studies. Needs no platform."
        },
        mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {
    /** What to compute: one of these. */
    private static final class Task {
        @Option(
                names = "--csv",
                paramLabel = "FILE",
                description =
                        "Measurements with the columns arm,metric,repeat,value: every arm but the reference is compared"
                                + " with it on every metric of the file.")
        private Path csv;

        @Option(
                names = "--published",
                arity = "4",
                paramLabel = "NUMBER",
                description = "MEAN LOW HIGH N: a mean difference, its 95%% interval and the number of pairs.")
        private List<Double> published;

        @Option(names = "--simulate", description = "Studies without an effect, and with the paper's; takes minutes.")
        private boolean simulate;
    }

    @ArgGroup(exclusive = true)
    private Task task;

    @Option(
            names = "--reference",
            paramLabel = "ARM",
            defaultValue = "real-only",
            description = "Arm that the others are compared with (default: ${DEFAULT-VALUE}).")
    private String reference;

    @Option(
            names = "--alpha",
            paramLabel = "RATE",
            defaultValue = "0.05",
            description = "Family-wise error rate (default: ${DEFAULT-VALUE}).")
    private double alpha;

    @Option(
            names = "--prior-scale",
            paramLabel = "SCALE",
            defaultValue = "1",
            description = "Of the half-normal prior on the standardised effect (default: ${DEFAULT-VALUE}).")
    private double priorScale;

    @Option(
            names = "--train-size",
            paramLabel = "CASES",
            description = "With --test-size: each repeat split train and test anew, in these sizes.")
    private Long trainSize;

    @Option(names = "--test-size", paramLabel = "CASES", description = "See --train-size.")
    private Long testSize;

    @Option(
            names = "--studies",
            paramLabel = "NUMBER",
            defaultValue = "10000",
            description = "Simulated studies (default: ${DEFAULT-VALUE}).")
    private int studies;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Of the simulation (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", description = "Print JSON, numbers with every digit.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        require(task != null, "stats", "--csv, --published or --simulate", "none of them");
        require(alpha > 0 && alpha < 1, "--alpha", "a number above 0 and below 1", alpha);
        PrintWriter out = spec.commandLine().getOut();
        if (task.csv != null) {
            csv(out);
        } else if (task.published != null) {
            published(out);
        } else if (task.simulate) {
            require(studies > 0, "--studies", "1 or more", studies);
            require(!json, "--json", "--csv or --published with it", "--simulate");
            return new SimulationReport(studies, seed, alpha).print(line -> {
                        out.println(line);
                        out.flush();
                    })
                    ? ExitCode.OK
                    : ExitCode.FAILURE;
        }
        return ExitCode.OK;
    }

    private void csv(PrintWriter out) {
        require(priorScale > 0 && priorScale < 1e9, "--prior-scale", "a number above 0", priorScale);
        OfflineStatistics statistics =
                OfflineStatistics.of(task.csv, new OfflineSettings(reference, alpha, priorScale, resplit()));
        PrintWriter err = spec.commandLine().getErr();
        statistics.comparisons().forEach(c -> c.missing()
                .forEach(
                        why -> err.println("warning: %s - %s: no P, since %s".formatted(c.arm(), c.reference(), why))));
        statistics
                .gaps()
                .forEach(gap ->
                        err.println("warning: %s: if it was planned, the P values are of fewer repeats than planned"
                                .formatted(gap)));
        err.flush();
        if (json) {
            out.println(OfflineOutput.json(statistics));
        } else {
            OfflineOutput.lines(statistics, alpha).forEach(out::println);
        }
    }

    private Optional<Resplit> resplit() {
        if (trainSize == null && testSize == null) {
            return Optional.empty();
        }
        require(trainSize != null && testSize != null, "--train-size, --test-size", "both", "one of them");
        require(trainSize > 0 && testSize > 0, "--train-size, --test-size", "1 or more", trainSize + ", " + testSize);
        return Optional.of(new Resplit(trainSize, testSize));
    }

    private void published(PrintWriter out) {
        double pairs = task.published.get(3);
        require(pairs >= 2 && pairs <= 1e6 && pairs == Math.rint(pairs), "--published", "N of 2 or more pairs", pairs);
        PublishedResult result;
        try {
            result = new PublishedResult(
                    task.published.get(0), new Interval(task.published.get(1), task.published.get(2)), (int) pairs);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--published: " + e.getMessage(), e);
        }
        if (json) {
            out.println(OfflineOutput.json(result, alpha));
        } else {
            OfflineOutput.lines(result, alpha).forEach(out::println);
        }
    }

    private void require(boolean holds, String option, String expected, Object found) {
        if (!holds) {
            throw new ParameterException(
                    spec.commandLine(), "%s: expected %s, found %s".formatted(option, expected, found));
        }
    }
}
