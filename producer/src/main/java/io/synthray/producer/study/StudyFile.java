package io.synthray.producer.study;

import io.synthray.producer.yaml.Problems;
import io.synthray.producer.yaml.Section;
import io.synthray.producer.yaml.YamlFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A study file that has been read without a fault.
 *
 * @param spec what it says
 * @param problems where faults that planning finds are added, so that they name line and column, too
 */
public record StudyFile(StudySpec spec, Problems problems) {
    private static final int LARGEST = 1 << 20;

    /**
     * Reads a study file. A relative path of a dataset is taken from the file's own directory.
     *
     * @throws InvalidStudyException with every fault of the file
     */
    public static StudyFile read(Path file) {
        Problems problems = new Problems(file.toString());
        Path directory = file.toAbsolutePath().normalize().getParent();
        return parse(text(file, problems), directory, problems);
    }

    /**
     * Reads a study from text.
     *
     * @param name what problems call the file
     * @param directory where a relative path of a dataset starts
     * @throws InvalidStudyException with every fault of the text
     */
    public static StudyFile parse(String yaml, String name, Path directory) {
        return parse(Optional.of(yaml), directory, new Problems(name));
    }

    private static StudyFile parse(Optional<String> yaml, Path directory, Problems problems) {
        Optional<Section> root = yaml.flatMap(text -> YamlFile.read(text, problems));
        Optional<StudySpec> spec = root.map(fields -> new StudyParser(directory, problems).parse(fields));
        if (!problems.isEmpty()) {
            throw new InvalidStudyException(problems.sorted());
        }
        return new StudyFile(spec.orElseThrow(), problems);
    }

    private static Optional<String> text(Path file, Problems problems) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
                problems.add("", "a study file of at most 1 MiB", "%d bytes".formatted(Files.size(file)));
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            problems.add("", "text in UTF-8", "other bytes");
        } catch (NoSuchFileException e) {
            problems.add("", "a study file", "no such file");
        } catch (IOException e) {
            problems.add("", "a file that can be read", Files.isDirectory(file) ? "a directory" : e.toString());
        }
        return Optional.empty();
    }
}
