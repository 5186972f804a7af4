package io.synthray.imaging.dataset;

/**
 * Something wrong in a data set.
 *
 * @param severity whether the data set can be used
 * @param location file, and for index.csv line and field: {@code index.csv:12: split}
 * @param message what was expected and what was found, without ids
 * @param caseKey the case that it is about, null if none
 */
public record DatasetProblem(Severity severity, String location, String message, String caseKey) {

    /** How bad a problem is. */
    public enum Severity {
        /** The data set cannot be used. */
        ERROR,
        /** The data set can be used; results may suffer. */
        WARNING
    }

    /** A problem that makes the data set useless. */
    public static DatasetProblem error(String location, String message, String caseKey) {
        return new DatasetProblem(Severity.ERROR, location, message, caseKey);
    }

    /** A problem that lets the data set be used. */
    public static DatasetProblem warning(String location, String message, String caseKey) {
        return new DatasetProblem(Severity.WARNING, location, message, caseKey);
    }

    /** The problem for logs and events: the location only where it names no image. */
    public String withoutIds() {
        return caseKey == null ? toString() : "case " + caseKey + ": " + message;
    }

    @Override
    public String toString() {
        return location + ": " + message;
    }
}
