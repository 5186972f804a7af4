package io.synthray.evaluator.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.synthray.evaluator.codec.Codec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class CachedTableTest {
    private static final int KEYS = 12;
    /** A few of them are more than a table keeps. */
    private static final int LONG = 300_000;

    private final KeyValueStore<String, byte[]> store = store();

    private static KeyValueStore<String, byte[]> store() {
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("tables"), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        return store;
    }

    private CachedTable<String, String> table() {
        return new CachedTable<>(store, "texts", key -> key, new Codec<>() {
            @Override
            public byte[] encode(String value) {
                return value.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String decode(byte[] bytes) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        });
    }

    @Property(tries = 300)
    void isAMapThatSurvivesItsMemory(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, String> expected = new TreeMap<>();
        CachedTable<String, String> table = table();
        store.all().forEachRemaining(entry -> store.delete(entry.key));
        for (int step = 0; step < 200; step++) {
            String key = "key-" + random.nextInt(KEYS);
            switch (random.nextInt(13)) {
                case 0, 1, 2 -> {
                    String value = step + "x".repeat(random.nextInt(4) == 0 ? LONG : 3);
                    table.put(key, value);
                    expected.put(key, value);
                }
                case 3 -> {
                    table.delete(key);
                    expected.remove(key);
                }
                case 4 -> {
                    if (!expected.containsKey(key)) {
                        table.foresee(key);
                    }
                }
                case 5, 6 -> table.write();
                case 7 -> assertEquals(expected, scanned(table));
                case 8 -> {
                    // Somebody else takes over.
                    table.write();
                    table = table();
                }
                case 9 -> {
                    table.settle(key);
                    assertEquals(Optional.ofNullable(expected.get(key)), table.get(key));
                }
                default -> assertEquals(Optional.ofNullable(expected.get(key)), table.get(key));
            }
        }
        assertEquals(expected, scanned(table));
    }

    private static Map<String, String> scanned(CachedTable<String, String> table) {
        Map<String, String> found = new TreeMap<>();
        table.scan("", found::put);
        return found;
    }

    @Test
    void whatIsSettledIsInTheStoreBeforeTheOthersAre() {
        CachedTable<String, String> table = table();
        table.put("settled", "once");
        table.put("waiting", "first");
        table.settle("settled");
        table.settle("never heard of");
        assertEquals("once", new String(store.get("texts|settled"), StandardCharsets.UTF_8));
        assertNull(store.get("texts|waiting"));
        assertNull(store.get("texts|never heard of"));

        table.put("settled", "twice after all");
        table.write();
        assertEquals("twice after all", new String(store.get("texts|settled"), StandardCharsets.UTF_8));
        assertEquals("first", new String(store.get("texts|waiting"), StandardCharsets.UTF_8));
    }

    @Test
    void keepsWhatIsAskedForAndForgetsTheRest() {
        CachedTable<String, String> table = table();
        String asked = "asked" + "x".repeat(LONG);
        table.put("asked", asked);
        table.put("unasked", "unasked");
        table.write();
        for (int i = 0; i < 12; i++) {
            assertSame(asked, table.get("asked").orElseThrow());
            table.put("filler-" + i, "y".repeat(LONG));
            table.write();
        }
        // What is no longer in memory is read from the store, where somebody has changed it behind the table's back.
        store.put("texts|asked", "changed".getBytes(StandardCharsets.UTF_8));
        store.put("texts|unasked", "changed".getBytes(StandardCharsets.UTF_8));
        assertSame(asked, table.get("asked").orElseThrow());
        assertEquals(Optional.of("changed"), table.get("unasked"));
    }

    @Test
    void doesNotAskTheStoreForWhatIsKnownToBeMissing() {
        CachedTable<String, String> table = table();
        table.foresee("missing");
        store.put("texts|missing", "there after all".getBytes(StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), table.get("missing"));
        table.put("missing", "now");
        assertEquals(Optional.of("now"), table.get("missing"));
    }

    @Test
    void whatIsForeseenAfterItWasMissedIsFoundOnceItIsThere() {
        CachedTable<String, String> table = table();
        assertEquals(Optional.empty(), table.get("late"));
        table.foresee("late");
        table.put("late", "there");
        for (int i = 0; i < 12; i++) {
            table.put("filler-" + i, "y".repeat(LONG));
            table.write();
        }
        assertEquals(Optional.of("there"), table.get("late"));
    }
}
