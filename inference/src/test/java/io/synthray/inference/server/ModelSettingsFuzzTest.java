/*
 * Copyright The Synthray Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.synthray.inference.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.TextFormat;
import io.synthray.inference.fixture.Repositories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A damaged configuration loads all the same, or is refused by one line that begins with the file's name. */
class ModelSettingsFuzzTest {

    /** The parser tells of each field that it passes over; held here, as nothing else holds a logger. */
    private static final Logger PARSER = Logger.getLogger(TextFormat.Parser.class.getName());

    private static Path folder;
    private static byte[] shipped;

    @BeforeContainer
    static void copy() throws IOException {
        PARSER.setLevel(Level.SEVERE);
        folder = Files.createTempDirectory("synthray-fuzz");
        shipped = Files.readAllBytes(Repositories.SHIPPED.resolve("sampler/config.pbtxt"));
    }

    @AfterContainer
    static void remove() throws IOException {
        Files.deleteIfExists(folder.resolve("config.pbtxt"));
        Files.delete(folder);
        PARSER.setLevel(null);
    }

    @Property(tries = 300)
    void cutShort(@ForAll @IntRange(max = 1400) int length) {
        read(Arrays.copyOf(shipped, Math.min(length, shipped.length)));
    }

    @Property(tries = 1000)
    void bytesReplaced(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int count) {
        Random random = new Random(seed);
        byte[] text = shipped.clone();
        for (int i = 0; i < count; i++) {
            text[random.nextInt(text.length)] = (byte) random.nextInt(256);
        }
        read(text);
    }

    @Property(tries = 500)
    void piecesMovedOrDoubled(@ForAll long seed) {
        Random random = new Random(seed);
        int from = random.nextInt(shipped.length);
        int length = random.nextInt(Math.min(80, shipped.length - from) + 1);
        int to = random.nextInt(shipped.length);
        byte[] text = Arrays.copyOf(shipped, shipped.length + length);
        System.arraycopy(shipped, to, text, to + length, shipped.length - to);
        System.arraycopy(shipped, from, text, to, length);
        read(text);
    }

    @Property(tries = 500)
    void anything(@ForAll @Size(max = 200) byte[] text) {
        read(text);
    }

    @Example
    void nestedWithoutEnd() {
        read("a{".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        read("input { ".repeat(50_000).getBytes(StandardCharsets.UTF_8));
    }

    @Example
    void numbersWithoutEnd() {
        for (String number : new String[] {"9".repeat(5000), "1e999", "-0x8000000000000001", "nan", "\"64\""}) {
            read(("max_batch_size: " + number).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void read(byte[] text) {
        Path file = folder.resolve("config.pbtxt");
        try {
            Files.write(file, text);
            ModelSettings settings = ModelSettings.read(file, "sampler");
            assertFalse(settings.inputs().isEmpty());
            assertFalse(settings.outputs().isEmpty());
        } catch (StartupException e) {
            assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
            assertFalse(e.getMessage().contains("\n"), e.getMessage());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
