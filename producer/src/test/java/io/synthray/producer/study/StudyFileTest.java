package io.synthray.producer.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.synthray.event.Hypothesis;
import io.synthray.event.ImageSetScope;
import io.synthray.event.Task;
import io.synthray.producer.yaml.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyFileTest {
    @TempDir
    Path directory;

    @Test
    void readsEveryFieldOfTheExamples() {
        StudySpec lungs = StudyFile.read(Examples.LUNGS).spec();
        assertEquals("lungs", lungs.study());
        assertEquals(Task.SEGMENTATION, lungs.task());
        assertEquals(new DatasetSpec.Phantom(64, 7, 200, 50, 0), lungs.dataset());
        assertEquals(List.of("left-lung", "right-lung", "heart"), lungs.targets());
        assertEquals(5, lungs.repeats());
        assertEquals(15, lungs.arms().get(1).getAugmentation().getRotation());
        assertEquals(40, lungs.arms().get(2).getSynthetic().getImages());
        assertEquals(
                ImageSetScope.PER_REPEAT, lungs.arms().get(2).getSynthetic().getScope());
        assertEquals(
                "real+synthetic/real-only/dice:heart",
                lungs.comparisons().get(3).getName());
        assertEquals("heart", lungs.comparisons().get(3).getTarget());

        StudySpec findings = StudyFile.read(Examples.FINDINGS).spec();
        assertEquals(Task.CLASSIFICATION, findings.task());
        assertEquals(4, findings.network().getDepth());
        assertEquals("f1", findings.comparisons().get(0).getMetric());
        assertEquals(Hypothesis.NON_INFERIORITY, findings.comparisons().get(1).getHypothesis());
        assertEquals(0.02, findings.comparisons().get(1).getMargin());
    }

    @Test
    void takesTheDatasetsPathFromTheStudyFilesDirectory() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Path file = Files.createDirectory(directory.resolve("studies")).resolve("s.yaml");
        Files.writeString(file, Examples.minimal().replace("{kind: phantom}", "{kind: folder, path: ../data}"));
        assertEquals(
                new DatasetSpec.Folder(data, 64, 0), StudyFile.read(file).spec().dataset());
    }

    /** Golden messages: what a user reads is part of the interface. */
    @Test
    void reportsEveryFaultOfAFileAtOnce() throws IOException {
        String expected;
        try (var in = StudyFileTest.class.getResourceAsStream("faults.txt")) {
            expected = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String yaml;
        try (var in = StudyFileTest.class.getResourceAsStream("faults.yaml")) {
            yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        var e = assertThrows(InvalidStudyException.class, () -> StudyFile.parse(yaml, "faults.yaml", Path.of("/data")));
        assertEquals(expected.strip(), e.getMessage());
    }

    @Test
    void saysWhereYamlCannotBeRead() {
        assertProblem("a: [1, 2\nb: 3\n", "s.yaml:2:2: expected YAML, found what cannot be read: ");
        assertProblem("", "s.yaml:1:1: expected a mapping of fields, found an empty file");
        assertProblem("- 1\n", "s.yaml:1:1: expected a mapping of fields, found a list");
        assertProblem("a: 1\n---\nb: 2\n", "s.yaml:2:1: expected YAML, found what cannot be read: ");
        assertProblem("a: *nowhere\n", "s.yaml:1:4: expected YAML, found what cannot be read: ");
        assertProblem("a: \u0007\n", "s.yaml:1:4: expected printable characters, found the character with code 7");
        assertProblem(
                "a: " + "[".repeat(100_000),
                "s.yaml:1:53: expected at most 50 levels of lists and mappings, found more");
    }

    @Test
    void saysWhatIsWrongWithTheFileItself() throws IOException {
        Path missing = directory.resolve("missing.yaml");
        assertFirst(missing, missing + ":1:1: expected a study file, found no such file");
        assertFirst(directory, directory + ":1:1: expected a file that can be read, found a directory");
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        assertFirst(latin, latin + ":1:1: expected text in UTF-8, found other bytes");
        Path big = Files.write(directory.resolve("big.yaml"), new byte[(1 << 20) + 1]);
        assertFirst(big, big + ":1:1: expected a study file of at most 1 MiB, found 1048577 bytes");
    }

    private static void assertFirst(Path file, String expected) {
        var e = assertThrows(InvalidStudyException.class, () -> StudyFile.read(file));
        assertEquals(
                List.of(expected), e.problems().stream().map(Problem::toString).toList());
    }

    private static void assertProblem(String yaml, String start) {
        var e = assertThrows(InvalidStudyException.class, () -> StudyFile.parse(yaml, "s.yaml", Path.of("/")));
        String message = e.getMessage();
        assertEquals(start, message.substring(0, Math.min(start.length(), message.length())), message);
    }
}
