package io.synthray.producer.yaml;

/**
 * One fault of a file.
 *
 * @param file the file as its user named it
 * @param at where the fault is
 * @param field path of the field, for instance {@code arms[1].synthetic.images}; empty for the file as a whole
 * @param expected what would be right
 * @param found what is there
 */
public record Problem(String file, Position at, String field, String expected, String found) {
    /** {@code file:line:column: field: expected ..., found ...} */
    @Override
    public String toString() {
        String where = "%s:%d:%d: ".formatted(file, at.line(), at.column());
        return where + (field.isEmpty() ? "" : field + ": ") + "expected " + expected + ", found " + found;
    }
}
