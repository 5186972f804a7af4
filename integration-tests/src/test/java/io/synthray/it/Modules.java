package io.synthray.it;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;

/** The project's modules as their classes show them, and which of the others each may know. */
enum Modules {
    SCHEMAS(List.of("io.synthray.schemas..", "io.synthray.event..")),
    IMAGING(List.of("io.synthray.imaging..")),
    INFERENCE(List.of("io.synthray.inference..")),
    STATISTICS(List.of("io.synthray.statistics..")),
    FIDELITY(List.of("io.synthray.fidelity..")),
    SERVICE(List.of("io.synthray.service.."), SCHEMAS),
    PLATFORM(List.of("io.synthray.local.platform..")),
    PRODUCER(List.of("io.synthray.producer.."), SCHEMAS, IMAGING, INFERENCE, FIDELITY, STATISTICS),
    GENERATOR_WORKER(List.of("io.synthray.generator.."), SCHEMAS, IMAGING, INFERENCE, FIDELITY, SERVICE),
    TRAINER_WORKER(List.of("io.synthray.trainer.."), SCHEMAS, IMAGING, STATISTICS, SERVICE),
    EVALUATOR(List.of("io.synthray.evaluator.."), SCHEMAS, IMAGING, FIDELITY, STATISTICS, SERVICE),
    LOCAL(List.of("io.synthray.local.stack..", "io.synthray.local.cli.."), SCHEMAS, IMAGING, PLATFORM, PRODUCER);

    private final List<String> packages;
    private final List<Modules> known;

    Modules(List<String> packages, Modules... known) {
        this.packages = packages;
        this.known = List.of(known);
    }

    /** Main classes of every module. */
    static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.synthray");
    }

    /** Its own packages, in ArchUnit's notation. */
    String[] packages() {
        return packages.toArray(String[]::new);
    }

    /** Packages of its own and of the modules that it may know. */
    String[] reach() {
        return Stream.concat(Stream.of(this), known.stream())
                .flatMap(module -> module.packages.stream())
                .toArray(String[]::new);
    }
}
