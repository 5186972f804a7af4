package io.synthray.schemas.topic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the catalogue's schemas as those of a release: the argument is the directory {@code src/test/released/VERSION}. */
final class WriteReleasedSchemas {
    private WriteReleasedSchemas() {}

    public static void main(String[] arguments) throws IOException {
        Path release = Files.createDirectories(Path.of(arguments[0]));
        for (Topic<?> topic : TopicCatalogue.ALL) {
            Files.writeString(
                    release.resolve(topic.name() + ".avsc"), topic.schema().toString(true) + "\n");
        }
    }
}
