package io.synthray.producer.study;

import io.synthray.imaging.dataset.PromptTemplates;
import io.synthray.imaging.reader.DatasetKind;
import io.synthray.imaging.reader.DatasetOptions;
import io.synthray.imaging.reader.DatasetSource;
import io.synthray.producer.yaml.Field;
import io.synthray.producer.yaml.Section;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the dataset of a study file. */
final class DatasetParser {
    private static final int MOST = 1_000_000;
    private static final String PHANTOM = "phantom";
    private static final List<String> POLICIES = List.of("zeros", "ones", "ignore");
    private static final Set<String> PHANTOM_FIELDS = Set.of("seed", "train", "test");
    private static final List<String> COLUMNS =
            List.of("image", "patient", "study", "split", "view", "sex", "age", "prompt", "mask");

    private final Path directory;

    /** @param directory where relative paths start */
    DatasetParser(Path directory) {
        this.directory = directory;
    }

    DatasetSpec parse(Field field) {
        try (Section fields = field.section()) {
            List<String> words = Stream.concat(
                            Stream.of(PHANTOM),
                            Arrays.stream(DatasetKind.values()).map(DatasetKind::word))
                    .toList();
            String kind = fields.required("kind").word(words, "");
            int side = fields.optional("side").integer(16, 1024, 64);
            int limit = fields.optional("test-limit").integer(0, MOST, 0);
            if (kind.equals(PHANTOM) || kind.isEmpty()) {
                return phantom(fields, kind, side, limit);
            }
            for (String name : PHANTOM_FIELDS) {
                fields.optional(name)
                        .wrong(
                                "no such field for " + (kind.equals("folder") ? "a folder" : kind),
                                "one that belongs to kind phantom");
            }
            DatasetKind known = DatasetKind.ofWord(kind).orElseThrow();
            Path path = path(fields.required("path"), known);
            Map<String, String> options = new Options(known, fields).read();
            if (known == DatasetKind.FOLDER) {
                return new DatasetSpec.Folder(path, side, limit);
            }
            return new DatasetSpec.Published(new DatasetSource(known, path, DatasetOptions.of(options)), side, limit);
        }
    }

    private static DatasetSpec phantom(Section fields, String kind, int side, int limit) {
        if (kind.equals(PHANTOM)) {
            fields.optional("path").wrong("no such field for the phantom", "one that belongs to other kinds");
        } else {
            fields.optional("path");
        }
        return new DatasetSpec.Phantom(
                side,
                fields.optional("seed").integer(0, StudyParser.LARGEST_SEED, 1),
                fields.optional("train").integer(1, MOST, 200),
                fields.optional("test").integer(1, MOST, 50),
                limit);
    }

    private Path path(Field field, DatasetKind kind) {
        String expected =
                switch (kind) {
                    case FOLDER -> "a directory with images/, masks/ and index.csv";
                    case MEDMNIST -> "an .npz file";
                    default -> "a directory with " + kind.title() + " as downloaded";
                };
        Path path = resolved(field, kind == DatasetKind.MEDMNIST ? "the path of a file" : "the path of a directory");
        boolean there = kind == DatasetKind.MEDMNIST ? Files.isRegularFile(path) : Files.isDirectory(path);
        if (field.isText() && !there) {
            String found = kind == DatasetKind.MEDMNIST ? "a directory" : "a file";
            field.wrong(
                    expected,
                    Files.exists(path)
                            ? found
                            : "no such " + (kind == DatasetKind.MEDMNIST ? "file" : "directory") + ": " + path);
        }
        return path;
    }

    private Path resolved(Field field, String expected) {
        String written = field.text(text -> !text.isBlank() && text.indexOf('\0') < 0, expected, ".");
        try {
            return directory.resolve(written).normalize();
        } catch (InvalidPathException e) {
            field.wrong(expected);
            return directory;
        }
    }

    /** The options of one kind; a field of another kind stays unknown and is reported so. */
    private final class Options {
        private final Set<String> known;
        private final Section fields;
        private final Map<String, String> values = new TreeMap<>();

        Options(DatasetKind kind, Section fields) {
            this.known = kind.options();
            this.fields = fields;
        }

        Map<String, String> read() {
            word("missing-images", "error", "skip");
            word("views", "frontal", "ap", "pa", "lateral", "all");
            word("findings", "competition", "all");
            word("boxes", "masks", "boxes");
            text("index");
            text("images");
            text("structure");
            if (known.contains("test-fraction")) {
                number("test-fraction", fields.optional("test-fraction"));
            }
            if (known.contains("split-seed")) {
                Field seed = fields.optional("split-seed");
                long value = seed.integer(0, StudyParser.LARGEST_SEED, 0);
                put(seed, "split-seed", Long.toString(value));
            }
            if (known.contains("masks") && fields.optional("masks").present()) {
                Field masks = fields.optional("masks");
                Path file = resolved(masks, "the path of a table of CheXmask");
                if (masks.isText() && !Files.isRegularFile(file)) {
                    masks.wrong("a table of CheXmask", "no such file: " + file);
                }
                values.put("masks", file.toString());
            }
            if (known.contains("prompt-style") && fields.optional("prompts").present()) {
                prompts(fields.optional("prompts"));
            }
            if (known.contains("uncertain") && fields.optional("uncertain").present()) {
                uncertain(fields.optional("uncertain"));
            }
            if (known.contains("labels")) {
                table();
            }
            return values;
        }

        private void put(Field field, String option, String value) {
            if (field.present()) {
                values.put(option, value);
            }
        }

        private void word(String name, String... words) {
            if (known.contains(name)) {
                Field field = fields.optional(name);
                put(field, name, field.word(List.of(words), words[0]));
            }
        }

        private void text(String name) {
            if (known.contains(name)) {
                Field field = fields.optional(name);
                put(field, name, field.text(text -> !text.isBlank(), "a name", ""));
            }
        }

        private void number(String name, Field field) {
            double value = field.number(0.01, 0.99, 0.2);
            put(field, name, BigDecimal.valueOf(value).toPlainString());
        }

        private void prompts(Field field) {
            try (Section templates = field.section()) {
                Field style = templates.optional("style");
                List<String> styles = Arrays.stream(PromptTemplates.Style.values())
                        .map(PromptTemplates.Style::word)
                        .toList();
                put(style, "prompt-style", style.word(styles, styles.get(0)));
                for (String name : List.of("single", "multiple", "report", "sentence", "negative")) {
                    Field template = templates.optional(name);
                    put(template, "prompt-" + name, StudyParser.text(template, ""));
                }
            }
        }

        /** One policy for all classes, or a mapping of classes to policies with one for the others. */
        private void uncertain(Field field) {
            if (field.isText()) {
                values.put("uncertain", field.word(POLICIES, "zeros"));
                return;
            }
            try (Section classes = field.section()) {
                for (String name : classes.names()) {
                    Field policy = classes.optional(name);
                    values.put(
                            name.equals("others") ? "uncertain" : "uncertain." + name, policy.word(POLICIES, "zeros"));
                }
            }
        }

        private void table() {
            if (fields.optional("columns").present()) {
                try (Section columns = fields.optional("columns").section()) {
                    for (String role : COLUMNS) {
                        Field column = columns.optional(role);
                        put(column, "column." + role, column.text(text -> !text.isBlank(), "the name of a column", ""));
                    }
                }
            }
            words(fields.optional("labels"), "labels");
            if (fields.optional("split-words").present()) {
                try (Section splits = fields.optional("split-words").section()) {
                    for (String split : List.of("train", "validation", "test")) {
                        words(splits.optional(split), split + "-words");
                    }
                }
            }
        }

        private void words(Field field, String option) {
            if (field.present()) {
                List<String> words = field.texts(
                        1,
                        64,
                        "a list of 1 to 64 names",
                        entry ->
                                entry.text(text -> !text.isBlank() && !text.contains(","), "a name without comma", ""));
                values.put(option, String.join(",", words));
            }
        }
    }
}
