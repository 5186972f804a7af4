package io.synthray.producer.study;

import io.synthray.producer.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A study file has faults; the message lists all of them, a line each. */
public final class InvalidStudyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one, in the order of the file */
    public InvalidStudyException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** The faults in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
