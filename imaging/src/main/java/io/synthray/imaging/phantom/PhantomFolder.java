package io.synthray.imaging.phantom;

import io.synthray.imaging.image.Png;
import io.synthray.imaging.mask.BitSetPng;
import io.synthray.imaging.mask.Structures;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Writes phantoms as an image folder: {@code images/ID.png}, {@code masks/ID.png} (bit sets), {@code
 * structures.txt} and {@code index.csv} with the columns image_id, patient_id, split, prompt and one 0/1 column a finding.
 *
 * @param phantom the sequence
 * @param side pixels along each side
 */
public record PhantomFolder(Phantom phantom, int side) {

    /**
     * Writes train images (indexes 0 to {@code train - 1}) and test images (the following ones, from a new patient on). Files that
     * are there are overwritten.
     *
     * @throws IOException if the folder cannot be written
     */
    public void write(Path folder, int train, int test) throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        Path masks = Files.createDirectories(folder.resolve("masks"));
        Files.write(folder.resolve("structures.txt"), Structures.DRAWN);
        try (Writer index = Files.newBufferedWriter(folder.resolve("index.csv"), StandardCharsets.US_ASCII)) {
            index.write("image_id,patient_id,split,prompt,"
                    + Stream.of(Finding.values()).map(Finding::label).collect(Collectors.joining(",")) + "\n");
            long firstTest = Phantom.nextPatientGroup(train);
            long[] indexes = LongStream.concat(
                            LongStream.range(0, train), LongStream.range(firstTest, firstTest + test))
                    .toArray();
            for (long i : indexes) {
                PhantomCase phantomCase = phantom.at(i);
                String file = phantomCase.id() + ".png";
                Files.write(
                        images.resolve(file),
                        Png.encode(phantom.image(i, side), Map.of("Title", "SYNTHETIC thorax phantom")));
                Files.write(masks.resolve(file), BitSetPng.encode(phantom.mask(i, side), Structures.DRAWN));
                index.write(line(phantomCase, i < train ? "train" : "test"));
            }
        }
    }

    private static String line(PhantomCase phantomCase, String split) {
        String labels = Stream.of(Finding.values())
                .map(finding -> phantomCase.labels().get(finding.label()) ? "1" : "0")
                .collect(Collectors.joining(","));
        return String.join(",", phantomCase.id(), phantomCase.patientId(), split, phantomCase.prompt(), labels) + "\n";
    }
}
