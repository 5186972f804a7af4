package io.synthray.producer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.phantom.Phantom;
import io.synthray.imaging.phantom.PhantomFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {

    @TempDir
    Path directory;

    private Path folder;

    @BeforeEach
    void aFolderOfPhantoms() throws IOException {
        folder = directory.resolve("phantoms");
        new PhantomFolder(new Phantom(3), 32).write(folder, 8, 4);
    }

    private Ended run(String... arguments) {
        return Ended.ofGroup(directory, "data", arguments);
    }

    private JsonNode json(String... arguments) throws IOException {
        Ended ended = run(arguments);
        assertEquals(ExitCode.OK, ended.exitCode(), ended.err());
        return new ObjectMapper().readTree(ended.out());
    }

    @Test
    void describesForPeopleAndPrograms() throws IOException {
        Ended people = run("describe", folder.toString());
        assertEquals(ExitCode.OK, people.exitCode(), people.err());
        assertTrue(people.out().lines().anyMatch(line -> line.matches("train cases +8 .*")), people.out());
        JsonNode description = json("describe", folder.toString(), "--json");
        assertEquals("patient", description.get("grouping").asText().toLowerCase(Locale.ROOT));
        assertEquals(8, description.at("/splits/0/cases").asInt(), description.toPrettyString());
        assertTrue(description.get("structures").toString().contains("chest-tube"), description.toPrettyString());
        assertEquals(0, description.get("problems").size());
    }

    @Test
    void checksEveryFile() throws IOException {
        assertEquals(
                0, json("check", folder.toString(), "--json").get("problems").size());
        Path image = folder.resolve("images").resolve("phantom-000002.png");
        Files.write(image, Png.encode(GreyImage.of(32, 32, new float[32 * 32]), Map.of()));
        assertTrue(
                run("check", folder.toString()).out().contains("phantom-000002.png: washed out"),
                () -> run("check", folder.toString()).out());
        Files.writeString(image, "no picture");
        Ended ended = run("check", folder.toString());
        assertEquals(ExitCode.FAILURE, ended.exitCode());
        assertTrue(ended.out().contains("phantom-000002.png: expected a PNG file"), ended.out());
    }

    @Test
    void drawsAContactSheet() throws IOException {
        Path sheet = directory.resolve("sheet.png");
        JsonNode shown =
                json("preview", folder.toString(), "--out", sheet.toString(), "--count", "6", "--side", "48", "--json");
        assertEquals(6, shown.get("pictures").size());
        assertEquals(8, shown.get("colours").size());
        assertTrue(ImageIO.read(sheet.toFile()).getWidth() >= 48);
        Ended ended = run("preview", folder.toString(), "--count", "0");
        assertEquals(ExitCode.FAILURE, ended.exitCode());
        assertTrue(ended.err().contains("expected --count of 1 to 400"), ended.err());
    }

    @Test
    void aFolderOfUnknownKindIsRefused() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Ended ended = run("describe", empty.toString());
        assertEquals(ExitCode.FAILURE, ended.exitCode());
        assertTrue(ended.err().contains("--kind"), ended.err());
    }
}
