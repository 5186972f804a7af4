package io.synthray.producer.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.producer.plan.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on study files says what the parser and the schema do. */
class StudyFilePageTest {
    private static final Path PAGE = Path.of(System.getProperty("synthray.root"), "docs", "study-file.md");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @Test
    void itsWholeStudiesAreValid() throws IOException {
        List<String> studies = YAML.matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1))
                .filter(yaml -> yaml.contains("study: "))
                .toList();
        assertTrue(studies.size() >= 2, "the page has an example of each task");
        for (String yaml : studies) {
            var study = new Planner().plan(StudyFile.parse(yaml, "docs/study-file.md", PAGE.getParent()));
            assertEquals(64, study.hash().length());
        }
    }

    @Test
    void itNamesEveryFieldOfTheSchema() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(StudyFile.class.getResource("study.schema.json"));
        TreeSet<String> missing = new TreeSet<>();
        schema.findValues("properties").forEach(node -> node.fieldNames().forEachRemaining(missing::add));
        Matcher named = Pattern.compile("`([a-z-]+)`").matcher(Files.readString(PAGE));
        while (named.find()) {
            missing.remove(named.group(1));
        }
        assertEquals(new TreeSet<>(), missing);
    }
}
