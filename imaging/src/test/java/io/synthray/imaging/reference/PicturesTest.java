package io.synthray.imaging.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.synthray.imaging.dataset.Dataset;
import io.synthray.imaging.dataset.DatasetCase;
import io.synthray.imaging.dataset.Split;
import io.synthray.imaging.dicom.Dicom;
import io.synthray.imaging.dicom.DicomHeader;
import io.synthray.imaging.image.GreyImage;
import io.synthray.imaging.image.Png;
import io.synthray.imaging.reader.DatasetKind;
import io.synthray.imaging.reader.DatasetOptions;
import io.synthray.imaging.reader.DatasetSource;
import io.synthray.imaging.reader.Datasets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures beside those of pydicom, Pillow and numpy. */
class PicturesTest {

    @Test
    void siimSampleIsWhatPydicomDecodes() throws IOException, InterruptedException {
        Path file = PythonReference.data("siim-sample.dcm");
        DicomHeader header = Dicom.header(file);
        assertEquals("PA", header.view());
        assertEquals(1024, header.width());
        assertEquals(1024, header.height());
        GreyImage image = Dicom.read(file);
        byte[] expected = HexFormat.of()
                .parseHex(PythonReference.run("dicom-pixels", file).get(0));
        assertEquals(1024, image.width());
        assertWithin(1, expected, image.toBytes(), "siim-sample");
    }

    @Test
    void dicomOfEveryKindIsWhatPydicomMakesOfIt(@TempDir Path folder) throws IOException, InterruptedException {
        List<String> lines = PythonReference.run("dicom", folder);
        assertTrue(lines.size() >= 19, lines.size() + " files");
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            ByteBuffer expected = ByteBuffer.wrap(HexFormat.of().parseHex(words[2]));
            float[] found = Dicom.read(Path.of(words[1])).toArray();
            assertEquals(expected.remaining(), 2 * found.length, words[0]);
            // JPEG decoders may differ by a level of 8 bits; everything else is equal but for rounding.
            double tolerance = words[0].startsWith("jpeg-") ? 1.01 / 255 : 1.0 / 65535;
            for (float grey : found) {
                assertEquals(Short.toUnsignedInt(expected.getShort()) / 65535.0, grey, tolerance, words[0]);
            }
        }
    }

    @Test
    void resizingIsPillowsWithinOneLevel() throws IOException, InterruptedException {
        for (String name : List.of("JPCLN001", "JPCNN005", "JPCLN031")) {
            Path file = PythonReference.data("jsrt/images/" + name + ".png");
            GreyImage image = Png.read(file);
            for (String line : PythonReference.run("resized", file, 64, 128, 32, 200, 100, 17, 255, 300, 512, 1)) {
                int side = Integer.parseInt(line.substring(0, line.indexOf(' ')));
                byte[] expected = HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1));
                assertWithin(1, expected, image.resize(side, side).toBytes(), name + " at " + side);
            }
        }
    }

    @Test
    void pngIsPillows() throws IOException, InterruptedException {
        Path file = PythonReference.data("jsrt/images/JPCLN001.png");
        assertWithin(
                0,
                HexFormat.of().parseHex(PythonReference.run("pixels", file).get(0)),
                Png.read(file).toBytes(),
                "JPCLN001");
    }

    private static void assertWithin(int levels, byte[] expected, byte[] found, String name) {
        assertEquals(expected.length, found.length, name);
        for (int i = 0; i < expected.length; i++) {
            int difference = Math.abs((expected[i] & 0xff) - (found[i] & 0xff));
            assertTrue(difference <= levels, name + ": pixel " + i + " differs by " + difference);
        }
    }

    @Test
    void pneumoniaMnistIsNumpys() throws IOException, InterruptedException {
        Path file = PythonReference.data("pneumoniamnist/pneumoniamnist.npz");
        DatasetSource source = new DatasetSource(DatasetKind.MEDMNIST, file, DatasetOptions.DEFAULTS);
        var listing = Datasets.list(source);
        Map<String, long[]> sums = new HashMap<>();
        listing.cases().forEach(c -> {
            long[] of = sums.computeIfAbsent(
                    c.split() == Split.VALIDATION ? "val" : c.split().word(), s -> new long[3]);
            of[0]++;
            of[1] += Boolean.TRUE.equals(c.labels().get("pneumonia")) ? 1 : 0;
            for (byte level : listing.pixels().image(c.id()).toBytes()) {
                of[2] += level & 0xff;
            }
        });
        Map<String, Long> duplicates = new HashMap<>();
        listing.facts().stream()
                .filter(fact -> fact.section().equals("identical pixels"))
                .forEach(fact -> duplicates.put(fact.name(), fact.count()));
        for (String line : PythonReference.run("npz", file)) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("across")) {
                assertEquals(
                        Long.parseLong(words[1]) + Long.parseLong(words[2]),
                        duplicates.get("validation or test images that equal one of another side"));
            } else {
                long[] of = sums.get(words[0]);
                assertEquals(line, words[0] + " " + of[0] + " " + of[1] + " " + of[2] + " " + words[4]);
                String word = words[0].equals("val") ? "validation" : words[0];
                assertEquals(Long.parseLong(words[4]), duplicates.get("duplicates within " + word));
            }
        }
    }

    /** 8 validation images equal a train image, 18 train images another one (test: 3). */
    @Test
    void identicalPixelsNeverStandOnTwoSides() {
        Path file = PythonReference.data("pneumoniamnist/pneumoniamnist.npz");
        Dataset dataset = Datasets.open(new DatasetSource(DatasetKind.MEDMNIST, file, DatasetOptions.DEFAULTS));
        assertEquals(524, dataset.cases(Split.VALIDATION).size());
        assertEquals(624, dataset.cases(Split.TEST).size());
        Map<String, DatasetCase> first = new HashMap<>();
        int together = 0;
        for (DatasetCase c : dataset.cases()) {
            DatasetCase other = first.putIfAbsent(
                    HexFormat.of().formatHex(dataset.image(c, 28).toBytes()), c);
            if (other != null) {
                assertEquals(other.split(), c.split());
                assertEquals(other.group(), c.group());
                together++;
            }
        }
        assertTrue(together >= 18, "pairs on one side: " + together);
        int left = 4708 - dataset.cases(Split.TRAIN).size();
        assertTrue(left >= 8 && left <= 12, "train images left out: " + left);
        assertTrue(dataset.warnings()
                .contains(left + " images are left out, since another side of the split has the same pixels"));
    }
}
