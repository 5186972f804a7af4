package io.synthray.imaging.dataset;

import java.util.List;
import java.util.stream.Collectors;

/** A data set cannot be used as it is. */
public final class DatasetException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient List<DatasetProblem> problems;

    /** @param problems at least one */
    public DatasetException(List<DatasetProblem> problems) {
        super(join(problems.stream().map(DatasetProblem::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    /** A single problem. */
    public DatasetException(DatasetProblem problem) {
        this(List.of(problem));
    }

    /** All errors, in the order of the files, at least one. */
    public List<DatasetProblem> problems() {
        return problems;
    }

    /** The message for logs and events, which names cases by their keys. {@link #getMessage()} is for the data's owner only. */
    public String withoutIds() {
        return join(problems.stream().map(DatasetProblem::withoutIds).toList());
    }

    private static String join(List<String> lines) {
        String shown = lines.stream().limit(SHOWN).collect(Collectors.joining("\n"));
        return lines.size() <= SHOWN ? shown : shown + "\nand " + (lines.size() - SHOWN) + " more";
    }
}
