package io.synthray.schemas.topic;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TopicCatalogueTest {
    @Test
    void names_and_types_are_unique() {
        int topics = TopicCatalogue.ALL.size();
        assertEquals(
                topics, TopicCatalogue.ALL.stream().map(Topic::name).distinct().count());
        assertEquals(
                topics, TopicCatalogue.ALL.stream().map(Topic::type).distinct().count());
    }

    @Test
    void a_study_is_spread_over_some_of_the_request_partitions() {
        assertTrue(TopicCatalogue.SPREAD < TopicCatalogue.WIDE_SPREAD);
        assertTrue(TopicCatalogue.WIDE_SPREAD < TopicCatalogue.GENERATION_REQUESTS.partitions());
    }

    /** A record or field without a sentence of its own is a contract that readers must guess. */
    @TestFactory
    Stream<DynamicTest> every_topic_says_what_it_holds() {
        return TopicCatalogue.ALL.stream()
                .map(topic -> DynamicTest.dynamicTest(topic.name(), () -> {
                    Schema schema = topic.schema();
                    assertTrue(
                            schema.getDoc() != null && schema.getDoc().contains("`" + topic.name() + "`"),
                            schema.getDoc());
                    assertEquals("io.synthray.event", schema.getNamespace());
                    assertFalse(schema.getFields().isEmpty());
                }));
    }

    @Test
    void requests_never_expire() {
        assertAll(
                () -> assertEquals(
                        "-1", TopicCatalogue.GENERATION_REQUESTS.settings().get("retention.ms")),
                () -> assertEquals(
                        "delete", TopicCatalogue.GENERATION_REQUESTS.settings().get("cleanup.policy")),
                () -> assertEquals("-1", TopicCatalogue.TRIALS.settings().get("retention.ms")));
    }

    @Test
    void a_prefix_that_kafka_would_refuse_is_refused_here() {
        assertThrows(IllegalArgumentException.class, () -> new TopicNames("my prefix/"));
        assertEquals("lab.images", new TopicNames("lab.").of(TopicCatalogue.IMAGES));
    }
}
