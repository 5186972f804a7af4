package io.synthray.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dependencies point one way: services to imaging, inference and schemas, and never to one another. */
class StructureTest {
    private static final String LIBTORCH = "org.bytedeco..";
    private static final String KAFKA = "org.apache.kafka..";
    private static final String[] QUARKUS = {"io.quarkus..", "io.smallrye..", "jakarta..", "org.eclipse.microprofile.."
    };

    private static JavaClasses all;

    @BeforeAll
    static void importClasses() {
        all = Modules.classes();
    }

    @ParameterizedTest
    @EnumSource
    void aModuleKnowsOnlyWhatItMay(Modules module) {
        onlyReaches(module.packages(), module.reach()).check(all);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching("io.synthray.(**)").should().beFreeOfCycles().check(all);
    }

    @Test
    void noTypeOfLibtorchLeavesTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.synthray.trainer.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LIBTORCH)
                .check(all);
    }

    @ParameterizedTest
    @EnumSource(names = {"IMAGING", "INFERENCE", "FIDELITY", "STATISTICS"})
    void knowsNeitherKafkaNorQuarkus(Modules module) {
        noClasses()
                .that()
                .resideInAnyPackage(module.packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(KAFKA, "org.apache.avro..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(QUARKUS)
                .check(all);
    }

    /** What the rules above forbid is there to be found: they would see it. */
    @ParameterizedTest
    @EnumSource
    void everyModulesClassesAreSeen(Modules module) {
        long seen = all.stream().filter(resideInAnyPackage(module.packages())).count();
        assertTrue(seen >= 8, module + ": " + seen + " classes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.synthray.trainer.engine.. " + LIBTORCH, "io.synthray.evaluator.. " + KAFKA})
    void whatIsForbiddenElsewhereIsFoundWhereItIs(String pair) {
        String user = pair.substring(0, pair.indexOf(' '));
        String used = pair.substring(pair.indexOf(' ') + 1);
        assertTrue(all.stream()
                .filter(resideInAnyPackage(user))
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .anyMatch(dependency -> resideInAnyPackage(used)
                        .test(dependency.getTargetClass().getBaseComponentType())));
    }

    @Test
    void aRuleThatIsTooNarrowFails() {
        String[] alone = Modules.GENERATOR_WORKER.packages();
        AssertionError failure = assertThrows(
                AssertionError.class, () -> onlyReaches(alone, alone).check(all));
        assertTrue(failure.getMessage().contains("io.synthray.inference"), failure.getMessage());
    }

    private static ArchRule onlyReaches(String[] from, String... reach) {
        DescribedPredicate<JavaClass> foreign = resideOutsideOfPackage("io.synthray..");
        return classes()
                .that()
                .resideInAnyPackage(from)
                .should()
                .onlyDependOnClassesThat(foreign.or(resideInAnyPackage(reach)));
    }
}
