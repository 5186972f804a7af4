package io.synthray.imaging.reader;

import java.util.List;

/** Groups of options; {@link DatasetKind} says which kinds take them, docs/datasets.md what they mean. */
enum Option {
    COMMON(
            "test-fraction",
            "split-seed",
            "masks",
            "missing-images",
            "prompt-style",
            "prompt-single",
            "prompt-multiple",
            "prompt-report",
            "prompt-sentence",
            "prompt-negative"),
    UNCERTAIN("uncertain", "uncertain."),
    VIEWS("views"),
    FINDINGS("findings"),
    BOXES("boxes"),
    TABLE(
            "index",
            "images",
            "column.image",
            "column.patient",
            "column.study",
            "column.split",
            "column.view",
            "column.sex",
            "column.age",
            "column.prompt",
            "column.mask",
            "labels",
            "structure",
            "train-words",
            "validation-words",
            "test-words",
            "uncertain",
            "uncertain.");

    private final List<String> names;

    Option(String... names) {
        this.names = List.of(names);
    }

    List<String> names() {
        return names;
    }
}
