package io.synthray.producer.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.imaging.dataset.DatasetProblem;
import io.synthray.imaging.dataset.Fact;
import io.synthray.imaging.describe.Describer;
import io.synthray.imaging.describe.Description;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts a data set without reading its images. */
@Command(
        name = "describe",
        description = "Counts a data set by split, class and structure, and lists what is wrong with its label files.",
        mixinStandardHelpOptions = true)
final class DataDescribeCommand implements Callable<Integer> {
    private static final int SHOWN = 50;

    @Mixin
    private DataOptions data;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Description description = Describer.describe(data.source());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(description));
        } else {
            print(description, out);
        }
        boolean errors = description.problems().stream().anyMatch(p -> p.severity() == DatasetProblem.Severity.ERROR);
        return errors ? ExitCode.FAILURE : ExitCode.OK;
    }

    static String json(Object value) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }

    private static void print(Description d, PrintWriter out) {
        out.println("%s (%s), grouped by %s, split %s".formatted(d.title(), d.kind(), d.grouping(), d.split()));
        d.splits()
                .forEach(s ->
                        out.println(line(s.split() + " cases", s.cases()) + "  in " + number(s.groups()) + " groups"));
        String section = "";
        for (Fact fact : d.facts()) {
            if (!fact.section().equals(section)) {
                section = fact.section();
                out.println(section);
            }
            out.println(line("  " + fact.name(), fact.count()));
        }
        if (!d.classes().isEmpty()) {
            out.println("classes: positive, negative, not known");
            d.classes()
                    .forEach(c -> out.println("  %-34s %-11s %9s %9s %9s"
                            .formatted(
                                    c.label(),
                                    c.split(),
                                    number(c.positive()),
                                    number(c.negative()),
                                    number(c.unknown()))));
        }
        if (!d.structures().isEmpty()) {
            out.println("structures: cases that show them");
            d.structures()
                    .forEach(s ->
                            out.println("  %-34s %-11s %9s".formatted(s.structure(), s.split(), number(s.cases()))));
        }
        d.notes().forEach(note -> out.println("note: " + note));
        d.warnings().forEach(warning -> out.println("warning: " + warning));
        problems(d.problems(), out);
    }

    static void problems(List<DatasetProblem> problems, PrintWriter out) {
        problems.stream()
                .limit(SHOWN)
                .forEach(p -> out.println(p.severity().name().toLowerCase(Locale.ROOT) + ": " + p));
        if (problems.size() > SHOWN) {
            out.println("and " + number(problems.size() - SHOWN) + " problems more (--json lists all)");
        }
    }

    private static String line(String name, long count) {
        return "%-46s %9s".formatted(name, number(count));
    }

    private static String number(long count) {
        return "%,d".formatted(count);
    }
}
