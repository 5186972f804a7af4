package io.synthray.schemas.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.synthray.event.ManifestEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestDigestTest {
    private static ManifestEntry entry(int index, String uri, String sha256, List<String> labels) {
        return ManifestEntry.newBuilder()
                .setIndex(index)
                .setUri(uri)
                .setSha256(sha256)
                .setLabels(labels)
                .build();
    }

    /** Reference from Python: hashlib.sha256 over n, then index, len-prefixed hash, mask hash, label count, labels. */
    @Test
    void agrees_with_the_documented_byte_form() {
        String expected = "67a401e8e230b1050305c98a1cfdd4a53b56b3f8166d172bf80c93cc9891ca38";
        assertEquals(expected, ManifestDigest.of(List.of(entry(0, "file:///a", "ab", List.of("nodule")))));
    }

    @Test
    void depends_on_content_and_not_on_place() {
        String here = ManifestDigest.of(List.of(entry(3, "file:///a", "ab", List.of())));
        assertEquals(here, ManifestDigest.of(List.of(entry(3, "s3://b/c", "ab", List.of()))));
        assertNotEquals(here, ManifestDigest.of(List.of(entry(3, "file:///a", "ac", List.of()))));
        assertNotEquals(here, ManifestDigest.of(List.of(entry(4, "file:///a", "ab", List.of()))));
        assertNotEquals(here, ManifestDigest.of(List.of(entry(3, "file:///a", "ab", List.of("x")))));
    }

    @Test
    void refuses_entries_out_of_order() {
        ManifestEntry entry = entry(1, "file:///a", "ab", List.of());
        assertThrows(IllegalArgumentException.class, () -> ManifestDigest.of(List.of(entry, entry)));
    }
}
