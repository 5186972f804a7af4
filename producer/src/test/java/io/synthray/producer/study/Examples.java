package io.synthray.producer.study;

import java.nio.file.Path;

/** Study files that the tests use. */
final class Examples {
    private static final Path ROOT = Path.of(System.getProperty("synthray.root"));
    static final Path LUNGS = ROOT.resolve("examples/lungs.yaml");
    static final Path FINDINGS = ROOT.resolve("examples/findings.yaml");

    private Examples() {}

    /** A study with nothing but what it must have. */
    static String minimal() {
        return """
                study: least
                seed: 1
                dataset: {kind: phantom}
                task: segmentation
                targets: [heart]
                real-images: 4
                arms: [{name: real-only}]
                """;
    }
}
