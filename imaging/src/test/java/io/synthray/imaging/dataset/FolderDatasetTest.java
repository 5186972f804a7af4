package io.synthray.imaging.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.BitSetPng;
import io.synthray.imaging.mask.Mask;
import io.synthray.imaging.mask.Plane;
import io.synthray.imaging.phantom.Phantom;
import io.synthray.imaging.phantom.PhantomFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDatasetTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeFolder() throws IOException {
        new PhantomFolder(new Phantom(1), 16).write(folder, 4, 2);
    }

    @Test
    void aGoodFolderOpens() {
        FolderDataset dataset = FolderDataset.open(folder);
        assertEquals(4, dataset.cases(Split.TRAIN).size());
        assertEquals(2, dataset.testCases(0).size());
        assertEquals(1, dataset.testCases(1).size());
        assertEquals(9, dataset.labels().size());
        assertEquals(32, dataset.image(dataset.cases().get(0), 32).width());
    }

    @Test
    void missingPartsAreNamed() throws IOException {
        assertError(
                folder.resolve("none") + ": expected a directory with index.csv and images, found none",
                () -> FolderDataset.open(folder.resolve("none")));
        Files.delete(folder.resolve("images/phantom-000001.png"));
        Files.delete(folder.resolve("masks/phantom-000002.png"));
        DatasetException e = assertThrows(DatasetException.class, () -> FolderDataset.open(folder));
        assertEquals(
                "images/phantom-000001.png: expected a PNG file, found none\n"
                        + "masks/phantom-000002.png: expected a PNG file, found none",
                e.getMessage());
        assertFalse(e.withoutIds().contains("phantom-"), e.withoutIds());
        assertTrue(e.withoutIds().startsWith("case " + CaseKey.of("phantom-000001") + ": "));
        Files.delete(folder.resolve("index.csv"));
        assertError(
                folder.resolve("index.csv") + ": expected a file that lists the images, found none",
                () -> FolderDataset.open(folder));
    }

    @Test
    void allErrorsOfTheIndexAreReportedAtOnce() throws IOException {
        index(
                "image_id,patient_id,split,nodule,meta_age",
                "phantom-000000,p1,train,1,63",
                "phantom-000001,p1,test,0,60",
                "phantom-000002,p2,exam,0,1",
                "phantom-000000,p3,train,yes,1",
                "../secret,p4,train,1,1",
                "phantom-000003,,train,1,1",
                "phantom-000003,p5");
        DatasetException e = assertThrows(DatasetException.class, () -> FolderDataset.open(folder));
        assertEquals(
                List.of(
                        "index.csv:3: patient_id: expected a patient's images on one side, found this one's in train and in test",
                        "index.csv:4: split: expected train, validation or test, found 'exam'",
                        "index.csv:5: image_id: expected an id of its own, found that of line 2",
                        "index.csv:5: nodule: expected 0 or 1 (other columns begin with meta_), found 'yes'",
                        "index.csv:6: image_id: expected 1 to 128 letters, digits, '.', '_' and '-', found another id",
                        "index.csv:7: patient_id: expected a patient's id, found none",
                        "index.csv:8: expected 5 fields, found 2"),
                e.problems().stream().map(DatasetProblem::toString).toList());
    }

    @Test
    void theHeaderIsChecked() throws IOException {
        index("id,split", "phantom-000000,train");
        assertError("index.csv:1: expected a column image_id, found 'id,split'", () -> FolderDataset.open(folder));
        index("image_id,split,a,a", "phantom-000000,train,1,1");
        assertError("index.csv:1: expected each column once, found 'a' again", () -> FolderDataset.open(folder));
        Files.writeString(folder.resolve("index.csv"), "");
        assertError("index.csv: expected a header, found an empty file", () -> FolderDataset.open(folder));
        index("image_id,split", "phantom-000000,train");
        assertError("index.csv: expected a test case at least, found none", () -> FolderDataset.open(folder));
        Files.write(folder.resolve("index.csv"), new byte[] {'i', (byte) 0xff, (byte) 0xfe});
        assertError("index.csv:1: expected text in UTF-8, found other bytes", () -> FolderDataset.open(folder));
    }

    @Test
    void quotesByteOrderMarkAndCarriageReturnsAreRead() throws IOException {
        Files.writeString(
                folder.resolve("index.csv"),
                "\uFEFFimage_id,split,prompt,nodule\r\n\"phantom-000000\", train ,\"a chest, frontal\",1\r\n"
                        + "phantom-000004,test,x,0");
        FolderDataset dataset = FolderDataset.open(folder);
        DatasetCase train = dataset.cases(Split.TRAIN).get(0);
        assertEquals("a chest, frontal", train.prompt());
        assertEquals(Map.of("nodule", true), train.labels());
        assertEquals("phantom-000000", train.group());
    }

    @Test
    void promptsComeFromLabelsWhereThereIsNoColumn() throws IOException {
        index("image_id,split,nodule", "phantom-000000,train,1", "phantom-000004,test,0");
        FolderDataset dataset = FolderDataset.open(folder);
        assertEquals(
                "frontal chest radiograph nodule",
                dataset.cases(Split.TRAIN).get(0).prompt());
        assertEquals(
                "frontal chest radiograph no finding",
                dataset.cases(Split.TEST).get(0).prompt());
    }

    @Test
    void theCheckReadsEveryFile() throws IOException {
        Files.writeString(folder.resolve("images/phantom-000000.png"), "no image");
        Files.write(
                folder.resolve("masks/phantom-000001.png"),
                BitSetPng.encode(Mask.of(9, 8, Map.of("heart", Plane.of(9, 8, (x, y) -> true)))));
        Files.copy(
                folder.resolve("images/phantom-000002.png"),
                folder.resolve("images/phantom-000004.png"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.write(
                folder.resolve("images/phantom-000003.png"),
                Png.encode(GreyImage.of(16, 16, new float[256]), Map.of()));
        FolderDataset dataset = FolderDataset.open(folder);
        List<String> found = dataset.check().stream()
                .map(problem -> problem.severity() + " " + problem)
                .sorted()
                .toList();
        assertEquals(4, found.size(), found.toString());
        assertEquals("ERROR images/phantom-000000.png: expected a PNG file, found other content", found.get(0));
        assertTrue(
                found.get(1).matches("ERROR images/phantom-00000[24].png: expected no image in train and in test, .*"),
                found.get(1));
        assertEquals(
                "ERROR masks/phantom-000001.png: expected the size of the image, 16 x 16, found 9 x 8", found.get(2));
        assertEquals(
                "WARNING images/phantom-000003.png: washed out: expected 32 grey levels or more, found 1",
                found.get(3));
        DatasetCase other = dataset.cases().stream()
                .filter(c -> c.id().equals("phantom-000001"))
                .findFirst()
                .orElseThrow();
        // Not resized to fit: of such a mask nobody can say what it marks.
        assertEquals(
                "masks/phantom-000001.png: expected the size of the image, 16 x 16, found 9 x 8",
                assertThrows(DatasetException.class, () -> dataset.mask(other, 16))
                        .getMessage());
        DatasetCase broken = dataset.cases().stream()
                .filter(c -> c.id().equals("phantom-000000"))
                .findFirst()
                .orElseThrow();
        DatasetException e = assertThrows(DatasetException.class, () -> dataset.image(broken, 8));
        assertEquals("case " + broken.key() + ": expected a PNG file, found other content", e.withoutIds());
    }

    @Test
    void structuresCanBeNamed() throws IOException {
        Files.writeString(
                folder.resolve("structures.txt"), "lung-a\nlung-b\nheart\nclavicle-a\nclavicle-b\nair\nbreak\ntube\n");
        FolderDataset dataset = FolderDataset.open(folder);
        assertEquals("lung-a", dataset.structures().get(0));
        assertTrue(dataset.mask(dataset.cases().get(0), 16).plane("clavicle-b").isPresent());
        Files.writeString(folder.resolve("structures.txt"), "Lung A\n");
        assertError(
                "structures.txt: expected a structure name of lower-case letters, digits and hyphens, found 'Lung A'",
                () -> FolderDataset.open(folder));
    }

    @Test
    void aFolderWithoutMasksHasNoStructures() throws IOException {
        Files.move(folder.resolve("masks"), folder.resolve("elsewhere"));
        FolderDataset dataset = FolderDataset.open(folder);
        assertEquals(List.of(), dataset.structures());
        assertThrows(DatasetException.class, () -> dataset.mask(dataset.cases().get(0), 8));
    }

    private void index(String... lines) throws IOException {
        Files.write(folder.resolve("index.csv"), List.of(lines));
    }

    private static void assertError(String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(message, assertThrows(DatasetException.class, action).getMessage());
    }
}
