package io.synthray.schemas.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compatibility both ways with the schemas of the last release, so that services can be upgraded in any order. */
class ReleasedSchemasTest {
    private static final Path RELEASED = Path.of("src/test/released");

    private static Path lastRelease() throws IOException {
        try (Stream<Path> releases = Files.list(RELEASED)) {
            return releases.max((a, b) -> Runtime.Version.parse(a.getFileName().toString())
                            .compareTo(Runtime.Version.parse(b.getFileName().toString())))
                    .orElseThrow();
        }
    }

    @TestFactory
    Stream<DynamicTest> every_schema_reads_and_is_read_by_the_last_release() throws IOException {
        Path release = lastRelease();
        return TopicCatalogue.ALL.stream()
                .filter(topic -> Files.exists(release.resolve(topic.name() + ".avsc")))
                .map(topic -> DynamicTest.dynamicTest(topic.name(), () -> {
                    Schema old = new Schema.Parser()
                            .parse(release.resolve(topic.name() + ".avsc").toFile());
                    assertCompatible(topic.schema(), old);
                    assertCompatible(old, topic.schema());
                }));
    }

    @Test
    void no_topic_of_the_last_release_is_gone() throws IOException {
        List<String> names =
                TopicCatalogue.ALL.stream().map(topic -> topic.name() + ".avsc").toList();
        try (Stream<Path> files = Files.list(lastRelease())) {
            files.forEach(file -> assertTrue(names.contains(file.getFileName().toString()), file.toString()));
        }
    }

    /** The check itself must be able to fail. */
    @Test
    void a_new_field_without_default_would_be_found() {
        Schema old = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
        Schema young = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}");
        assertEquals(
                SchemaCompatibilityType.INCOMPATIBLE,
                SchemaCompatibility.checkReaderWriterCompatibility(young, old).getType());
    }

    private static void assertCompatible(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertEquals(SchemaCompatibilityType.COMPATIBLE, result.getType(), result.getDescription());
    }
}
