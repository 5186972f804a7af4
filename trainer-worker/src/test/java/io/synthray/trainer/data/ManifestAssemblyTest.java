package io.synthray.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.event.ManifestChunk;
import io.synthray.event.ManifestEntry;
import io.synthray.event.ManifestRef;
import io.synthray.schemas.id.ManifestDigest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManifestAssemblyTest {
    private final List<ManifestEntry> entries = IntStream.range(0, 5)
            .mapToObj(i -> new ManifestEntry(i * 2, "file:///x/" + i, "%064x".formatted(i), null, null, List.of("a")))
            .toList();
    private final String digest = ManifestDigest.of(entries);
    private final ManifestRef wanted = new ManifestRef("shared", digest, 5, 3);

    @Test
    void takesChunksInAnyOrderAndPassesOthersOver() {
        ManifestAssembly assembly = new ManifestAssembly(wanted);
        assembly.add(chunk(2, digest, entries.subList(4, 5)));
        assembly.add(chunk(1, "another", entries.subList(0, 1)));
        assembly.add(chunk(0, digest, entries.subList(0, 2)));
        assertFalse(assembly.complete());
        assertEquals(List.of(1), assembly.missing());
        assertThrows(IllegalStateException.class, assembly::entries);
        assembly.add(chunk(1, digest, entries.subList(2, 4)));
        assembly.add(chunk(1, digest, entries.subList(2, 4)));
        assertTrue(assembly.complete());
        assertEquals(entries, assembly.entries());
    }

    @Test
    void refusesOtherContent() {
        ManifestAssembly assembly = new ManifestAssembly(new ManifestRef("shared", digest, 5, 1));
        ManifestEntry changed = ManifestEntry.newBuilder(entries.get(4))
                .setSha256("f".repeat(64))
                .build();
        List<ManifestEntry> others = List.of(entries.get(0), entries.get(1), entries.get(2), entries.get(3), changed);
        assembly.add(chunk(0, digest, others));
        String message =
                assertThrows(UnusableDataException.class, assembly::entries).getMessage();
        assertTrue(message.contains(digest) && message.contains(ManifestDigest.of(others)), message);
    }

    @Test
    void refusesAnotherNumberOfImages() {
        ManifestAssembly assembly = new ManifestAssembly(new ManifestRef("shared", digest, 6, 1));
        assembly.add(chunk(0, digest, entries));
        String message =
                assertThrows(UnusableDataException.class, assembly::entries).getMessage();
        assertEquals("manifest " + digest + ": expected 6 images, found 5", message);
    }

    @Test
    void refusesAnIndexThatComesTwice() {
        ManifestAssembly assembly = new ManifestAssembly(new ManifestRef("shared", digest, 2, 1));
        assembly.add(chunk(0, digest, List.of(entries.get(1), entries.get(1))));
        String message =
                assertThrows(UnusableDataException.class, assembly::entries).getMessage();
        assertTrue(message.contains("expected ascending indexes"), message);
    }

    private static ManifestChunk chunk(int number, String digest, List<ManifestEntry> entries) {
        return new ManifestChunk("s", "a", "shared", number, 3, 5, digest, entries);
    }
}
