package io.synthray.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against SciPy, scikit-learn and the package prdc. */
class ReferenceTest {
    static List<Reference> cases() {
        return Reference.cases();
    }

    static List<Reference> wide() {
        return Reference.wide();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void frechetDistance(Reference reference) {
        double found = FrechetDistance.between(
                        Reference.momentsOf(reference.images("synthetic")),
                        Reference.momentsOf(reference.images("real")))
                .orElseThrow();
        assertRelative(reference.number("frechet"), found, 1e-9);
    }

    @ParameterizedTest
    @MethodSource("wide")
    void frechetDistanceOfTheDefaultNumberOfFeatures(Reference reference) {
        assertEquals(32, reference.dimension());
        double found = FrechetDistance.between(reference.moments("one"), reference.moments("other"))
                .orElseThrow();
        assertRelative(reference.number("frechet"), found, 1e-9);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kernelDistance(Reference reference) {
        KernelDistance found = KernelDistance.of(reference.images("synthetic"), reference.images("real"))
                .orElseThrow();
        assertEquals(reference.number("kid", "value"), found.value(), 1e-11);
        assertEquals(reference.number("kid", "low"), found.low(), 1e-10);
        assertEquals(reference.number("kid", "high"), found.high(), 1e-10);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void neighbourhoods(Reference reference) {
        Neighbourhoods found = Neighbourhoods.of(reference.images("synthetic"), reference.images("real"))
                .orElseThrow();
        assertRelative(reference.number("prdc", "precision"), found.precision().value(), 1e-12);
        assertRelative(reference.number("prdc", "recall"), found.recall().value(), 1e-12);
        assertRelative(reference.number("prdc", "density"), found.density().value(), 1e-12);
        assertRelative(reference.number("prdc", "coverage"), found.coverage().value(), 1e-12);
        double p = found.precision().value();
        int n = reference.images("synthetic").size();
        assertRelative(Math.sqrt(p * (1 - p) / n), found.precision().standardError(), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nearCopies(Reference reference) {
        NearCopies found = NearCopies.of(
                        reference.images("synthetic"), reference.images("real"), reference.images("train"))
                .orElseThrow();
        assertRelative(reference.number("nearCopies", "median"), found.median(), 1e-9);
        assertRelative(reference.number("nearCopies", "limit"), found.limit(), 1e-9);
        assertRelative(reference.number("nearCopies", "share"), found.share().value(), 1e-12);
    }

    private static void assertRelative(double expected, double found, double error) {
        assertTrue(Math.abs(found - expected) <= error * Math.abs(expected), () -> "expected %s, found %s"
                .formatted(expected, found));
    }
}
