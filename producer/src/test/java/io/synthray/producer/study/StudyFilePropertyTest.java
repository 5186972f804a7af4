package io.synthray.producer.study;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.producer.yaml.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file holds, reading it ends with a study or with reported problems. */
class StudyFilePropertyTest {
    private static final String[] PIECES = {
        ":",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!!int ",
        "!x ",
        "|\n",
        ">\n",
        "'",
        "\"",
        "#",
        "%YAML 1.2\n",
        "---\n",
        "...\n",
        "? ",
        "<<: ",
        "\t",
        "\n",
        "null",
        "~",
        ".inf",
        ".nan",
        "1e999999999999",
        "0x1F",
        "-0",
        "9".repeat(500),
        "\u0000",
        "\ud800",
        "\u2028",
        "\ufeff",
        "name",
        "arms",
        "synthetic",
        "true",
        "2026-01-01"
    };

    @Property(tries = 2000)
    void mutatedExamplesGiveProblemsOrAStudy(@ForAll("mutations") String yaml) {
        check(yaml);
    }

    @Property(tries = 500)
    void anyTextGivesProblemsOrAStudy(@ForAll String text) {
        check(text);
    }

    private static void check(String yaml) {
        try {
            assertNotNull(StudyFile.parse(yaml, "s.yaml", Path.of("/")).spec().study());
        } catch (InvalidStudyException e) {
            assertFalse(e.problems().isEmpty());
            long lines = yaml.lines().count() + 1;
            for (Problem problem : e.problems()) {
                assertTrue(problem.at().line() >= 1 && problem.at().line() <= lines + 1, problem::toString);
                assertTrue(problem.at().column() >= 1, problem::toString);
                assertFalse(problem.toString().contains("Exception"), problem::toString);
                assertTrue(problem.toString().lines().count() == 1, problem::toString);
            }
        }
    }

    @Provide
    Arbitrary<String> mutations() throws IOException {
        Arbitrary<String> sources = Arbitraries.of(
                Files.readString(Examples.LUNGS, StandardCharsets.UTF_8),
                Files.readString(Examples.FINDINGS, StandardCharsets.UTF_8),
                Examples.minimal());
        Arbitrary<String> pieces = Arbitraries.of(PIECES);
        return sources.flatMap(source -> Arbitraries.integers()
                .between(0, source.length() - 1)
                .flatMap(at -> Arbitraries.integers().between(0, 12).flatMap(cut -> pieces.list()
                        .ofMinSize(0)
                        .ofMaxSize(3)
                        .map(inserted -> source.substring(0, at)
                                + String.join("", inserted)
                                + source.substring(Math.min(source.length(), at + cut))))));
    }
}
