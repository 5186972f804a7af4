package io.synthray.imaging.reader;

import io.synthray.imaging.image.ImageFile;
import io.synthray.imaging.image.ImageFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mapping that RSNA publishes beside its challenge: JSON objects with {@code subset_img_id}, the challenge's id, and {@code img_id}, NIH's
 * file name, whose first part is the patient.
 */
final class ChestXray14Mapping {

    private static final Pattern OBJECT = Pattern.compile("\\{[^{}]{1,4096}\\}");
    private static final Pattern ID = Pattern.compile("\"subset_img_id\"\\s*:\\s*\"([A-Za-z0-9._-]{1,128})\"");
    private static final Pattern PATIENT = Pattern.compile("\"img_id\"\\s*:\\s*\"([0-9]{1,12})_[0-9]+\\.png\"");

    private ChestXray14Mapping() {}

    /** Patients by the challenge's ids; none if there is no mapping. */
    static Map<String, String> read(Layout layout) {
        Optional<Path> file =
                layout.file("pneumonia-challenge-dataset-mappings_2018.json").or(() -> layout.file("mappings.json"));
        Map<String, String> patients = new HashMap<>();
        if (file.isPresent()) {
            Matcher objects = OBJECT.matcher(text(file.get()));
            while (objects.find()) {
                Matcher id = ID.matcher(objects.group());
                Matcher patient = PATIENT.matcher(objects.group());
                if (id.find() && patient.find()) {
                    patients.put(id.group(1), patient.group(1));
                }
            }
        }
        return patients;
    }

    private static String text(Path file) {
        try {
            return new String(ImageFile.bytes(file), StandardCharsets.UTF_8);
        } catch (ImageFormatException e) {
            return "";
        }
    }
}
